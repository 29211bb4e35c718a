import type { GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';

/** Who asked for a parked complaint to be retried or an event to be skipped, when and why. Kept for good: the audit. */
export interface ProjectionRequest {
  readonly _id: string;
  readonly kind: 'retry' | 'skip';
  readonly build: string;
  /** `CONTEXT` for an event of the context. */
  readonly complaintId: string;
  /** `name:vN`: a skip rules every build of the version. */
  readonly version: string;
  readonly revision: StreamRevision;
  /** Of the event to skip. */
  readonly position: GlobalPosition;
  readonly eventId: string;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly state: 'open' | 'done' | 'refused';
  readonly answer?: string;
}
