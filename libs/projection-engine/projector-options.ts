import type { EventStore } from '#libs/event-store/event-store.port.js';
import type { EngineLog } from './engine-log.port.js';
import type { AnyProjection } from './projection.js';
import type { ProjectionObserver } from './projection-observer.port.js';
import type { ProjectionStore } from './store/projection-store.port.js';

export interface ProjectorOptions {
  readonly log: EventStore;
  readonly store: ProjectionStore;
  readonly projections: readonly AnyProjection[];
  readonly logger?: EngineLog;
  readonly observer?: ProjectionObserver;
  readonly tuning?: Partial<ProjectorTuning>;
}

export interface ProjectorTuning {
  /** Of builds created from now on; existing ones keep theirs. */
  readonly partitions: number;
  /** Events that may wait between the subscription and the folds. */
  readonly bufferEvents: number;
  readonly bufferBytes: number;
  /** Documents kept in memory per build. */
  readonly cacheDocuments: number;
  /**
   * Behind the head a batch grows until it changes that many documents, or holds that many events, or bytes of them: the
   * more events of one complaint it holds, the fewer writes there are. At the head whatever has come is written at once.
   */
  readonly batchDocuments: number;
  readonly batchEvents: number;
  readonly batchBytes: number;
  /** Behind the head, how long a batch may grow before it is written, full or not. */
  readonly growMs: number;
  readonly beatMs: number;
  /** A process whose beat stands still for that long has lost its partitions. */
  readonly leaseMs: number;
  /** A call to a store that has no answer by then counts as lost, and the partitions that it was for are claimed anew. */
  readonly answerMs: number;
  /** A subscription that delivers nothing for that long although the log's head has moved is restarted. */
  readonly stallMs: number;
  /** A dropped build stays for that long, for requests that began to read it before. */
  readonly dropGraceMs: number;
  /** A build that was entered that long ago and has no collection yet is prepared by another process. */
  readonly prepareMs: number;
  readonly backOffBaseMs: number;
  /** A new version takes over by itself once it has caught up; otherwise somebody switches. */
  readonly switchNewVersions: boolean;
}

export const DEFAULT_TUNING: ProjectorTuning = {
  partitions: 4,
  bufferEvents: 4000,
  bufferBytes: 32 * 1024 * 1024,
  cacheDocuments: 10_000,
  batchDocuments: 6000,
  batchEvents: 30_000,
  batchBytes: 64 * 1024 * 1024,
  growMs: 3000,
  beatMs: 1000,
  leaseMs: 4000,
  answerMs: 60_000,
  stallMs: 30_000,
  dropGraceMs: 60_000,
  prepareMs: 10_000,
  backOffBaseMs: 100,
  switchNewVersions: true,
};
