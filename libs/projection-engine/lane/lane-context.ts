import type { BuildRecord } from '../builds/build-records.js';
import type { RunnableProjection } from '../fold/runnable-projection.js';
import type { Skips } from '../fold/skips.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import type { EngineLog } from '../engine-log.port.js';
import type { BuildTally } from '../progress/build-tally.js';
import type { ProjectionObserver } from '../projection-observer.port.js';

/** What the parts of a lane share. */
export interface LaneContext {
  readonly store: ProjectionStore;
  readonly log: EventStore;
  readonly logger: EngineLog;
  readonly runs: RunnableProjection;
  readonly build: BuildRecord;
  readonly skips: Skips;
  readonly cacheDocuments: number;
  readonly batchDocuments: number;
  readonly batchEvents: number;
  readonly batchBytes: number;
  readonly observer: ProjectionObserver;
  readonly tally: BuildTally;
  /** Stored progress has moved. */
  readonly onAdvance: () => void;
}
