import type { GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';

/** An event that a projection could not apply, or one that waits behind such an event of the same complaint. */
export interface ParkedEvent {
  /** Complaint and position, so that parking twice is parking once. */
  readonly _id: string;
  /** `CONTEXT` for an event of the context that could not be folded. */
  readonly complaintId: string;
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly type: string;
  readonly eventId: string;
  readonly recordedAt: string;
  /** Why; the first of a complaint holds the error, those behind it say that they wait. */
  readonly reason: string;
  readonly waits: boolean;
  readonly parkedAt: string;
}

export const CONTEXT = '_context';
export const WAITS = 'waits for an earlier event of the same complaint';

export function parkedId(complaintId: string, position: GlobalPosition): string {
  return `${complaintId}/${position}`;
}
