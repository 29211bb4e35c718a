export type { AnyProjection, Folded, IndexSpec, Projection, ProjectionDocument } from './projection.js';
export {
  buildCollection,
  buildKey,
  parseBuildKey,
  parkedCollection,
  partitionId,
  versionKey,
  type BuildId,
} from './builds/build-id.js';
export {
  ACTIVE_BUILDS,
  BUILDS,
  CHECKPOINTS,
  MEMBERS,
  REQUESTS,
  type ActiveBuild,
  type BuildRecord,
  type BuildState,
} from './builds/build-records.js';
export type { CheckpointRecord, PlannedProgress, Progress } from './builds/checkpoint-record.js';
export { startProjector, type Projector } from './projector.js';
export { DEFAULT_TUNING, type ProjectorOptions, type ProjectorTuning } from './projector-options.js';
export type { ProjectionObserver } from './projection-observer.port.js';
export type { EngineLog } from './engine-log.port.js';
export {
  ConsistencyTimeoutError,
  createProgressWaiter,
  type ProgressWaiter,
  type ProgressWaiterOptions,
  type ReachedBuilds,
} from './progress/wait-for-progress.js';
export type { LaneReport } from './progress/lane-report.js';
export { goneFromThisHost } from './membership/live-members.js';
export type { MemberRecord } from './membership/member-record.js';
export type { ParkedEvent } from './parked/parked-event.js';
export type { ProjectionRequest } from './parked/projection-request.js';
export * from './store/projection-store.port.js';
export {
  ForeignLogError,
  GuardMissError,
  NoAnswerError,
  PartitionLostError,
  PoisonError,
  StalledSubscriptionError,
  SubscriptionEndedError,
} from './engine.errors.js';
export {
  projectionStatuses,
  type ProjectionStatus,
  type StatusSources,
} from './progress/projection-status.js';
export type { Lag } from './progress/lag.js';
export {
  BuildRefusedError,
  dropBuild,
  requestRebuild,
  rollbackBuild,
  switchBuild,
  type RebuildRequest,
} from './builds/manage-builds.js';
export { compareBuilds, type BuildComparison } from './builds/compare-builds.js';
export {
  listParked,
  retryParked,
  skipParked,
  type ParkedDecision,
  type ParkedPage,
} from './parked/manage-parked.js';
export { foldOneComplaint } from './parked/fold-one-complaint.js';
export { verifyProjection, verifyProjections, type VerifyOptions } from './verify/verify-projections.js';
export type { Verification } from './verify/verification.js';
export { LogFold } from './fold/log-fold.js';
export { runnable } from './fold/runnable-projection.js';
export { answered } from './store/answering-stores.js';
export { Skips } from './fold/skips.js';
export { loadSkips } from './parked/load-skips.js';
export { pastReadModel, type Identified, type Narrowed, type PastReadModel } from './past/past-read-model.js';
export { followedVersions, headUnseenMs } from './membership/followed-versions.js';
