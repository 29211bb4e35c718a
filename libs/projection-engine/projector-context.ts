import type { EventStore } from '#libs/event-store/event-store.port.js';
import type { EngineLog } from './engine-log.port.js';
import type { RunnableProjection } from './fold/runnable-projection.js';
import type { ProjectionObserver } from './projection-observer.port.js';
import type { ProjectorTuning } from './projector-options.js';
import type { BuildTallies } from './progress/build-tally.js';
import type { ProjectionStore } from './store/projection-store.port.js';

/** What the parts of one projector process share. */
export interface ProjectorContext {
  readonly log: EventStore;
  readonly store: ProjectionStore;
  readonly logger: EngineLog;
  readonly observer: ProjectionObserver;
  readonly tallies: BuildTallies;
  readonly tuning: ProjectorTuning;
  /** By `name:vN`. */
  readonly registry: ReadonlyMap<string, RunnableProjection>;
  /** Of all streams that any of them reads: every feed follows them all, so that positions mean the same everywhere. */
  readonly prefixes: readonly string[];
  /** This process among the members. */
  readonly memberId: string;
  readonly onAdvance: () => void;
}
