import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import type { KeyStore } from '#libs/personal-data/index.js';
import type { ProgressWaiter, ProjectionStore } from '#libs/projection-engine/index.js';
import type { ReadStore } from '#libs/read-store/index.js';

/** The configuration in memory; `ConfigurationView` is one. */
export interface CurrentConfiguration {
  readonly current: ConfigurationModel;
  /** Reads what was appended since. */
  refresh(): Promise<void>;
  /** Does it hold whatever had been recorded by a position? */
  holds(position: string): boolean;
}

/** What queries are answered from. */
export interface QueryApiParts {
  readonly readStore: ReadStore;
  readonly eventStore: EventStore;
  readonly keyStore: Pick<KeyStore, 'keysById'>;
  readonly projectionStore: ProjectionStore;
  readonly configuration: CurrentConfiguration;
  readonly progress: ProgressWaiter;
  readonly consistencyTimeoutMs: number;
  readonly now: () => Date;
}

export const QUERY_PARTS = Symbol('QueryApiParts');
