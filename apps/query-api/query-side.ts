import type { HealthCheck } from '#libs/http/index.js';
import { createProgressWaiter, type Projector } from '#libs/projection-engine/index.js';
import { projectionStoreOn } from '#libs/read-store/index.js';
import type { Stores } from '#libs/runtime/index.js';
import type { Settings } from '#libs/settings/index.js';
import { readinessChecks } from './readiness.js';
import type { CurrentConfiguration, QueryApiParts } from './query-api.tokens.js';

export interface QuerySide {
  readonly parts: QueryApiParts;
  readonly checks: readonly HealthCheck[];
  close(): Promise<void>;
}

/** Everything that queries are answered with, on stores that are open. The caller closes those, and `view`. */
export function openQuerySide(
  stores: Stores,
  options: {
    readonly settings: Pick<Settings, 'consistencyTimeoutMs'>;
    readonly view: CurrentConfiguration;
    /** The one of this process, if it has one: waits end as soon as it has stored something. */
    readonly projector?: Pick<Projector, 'onAdvance'>;
  },
): QuerySide {
  const { eventStore, readStore, keyStore } = stores;
  const projectionStore = projectionStoreOn(readStore);
  const progress = createProgressWaiter({ store: projectionStore, projector: options.projector });
  return {
    parts: {
      readStore,
      eventStore,
      keyStore,
      projectionStore,
      progress,
      configuration: options.view,
      consistencyTimeoutMs: options.settings.consistencyTimeoutMs,
      now: () => new Date(),
    },
    checks: readinessChecks({ readStore, eventStore, projectionStore }),
    close: () => {
      progress.close();
      return Promise.resolve();
    },
  };
}
