import type { GlobalPosition } from '#libs/event-contracts/index.js';

/** What a partition's documents have absorbed, as a function of the log up to `position`. */
export interface Progress {
  /** Everything of the log up to here is in the documents; null before the first event. */
  readonly position: GlobalPosition | null;
  /** The last event at or before `position` that concerns the projection: what the log's head is compared with. */
  readonly eventPosition: GlobalPosition | null;
  /** Sum of the documents' SHA-256, modulo 2^256, in hexadecimal. */
  readonly digest: string;
  readonly documents: number;
  /** Events of complaints absorbed, parked ones included. */
  readonly events: number;
  /** Events parked and not yet retried or skipped. */
  readonly parked: number;
}

/**
 * The progress as it will be once the documents of a batch are written, stored before they are. A process that dies in
 * between leaves documents of which some are written and some are not; whoever resumes absorbs exactly up to
 * `position` again, skips what is there, and takes digest and counts from here, which it could not compute any more.
 */
export interface PlannedProgress extends Progress {
  readonly position: GlobalPosition;
  readonly cause: PlanCause;
}

export type PlanCause =
  | { readonly kind: 'events' }
  /** `position` is that of the context event. */
  | { readonly kind: 'refold' }
  /** A complaint folded anew from its stream up to `position`, after its parked events were retried or skipped. */
  | { readonly kind: 'heal'; readonly complaintId: string };

/** Lease and checkpoint of one partition in one document, so that one compare-and-set fences both. */
export interface CheckpointRecord extends Progress {
  /** `partitionId`. */
  readonly _id: string;
  readonly build: string;
  readonly partition: number;
  /** Grows with every change of owner; every write of progress names it. */
  readonly epoch: number;
  /** Member that advances the partition, null when nobody does. */
  readonly owner: string | null;
  readonly pending: PlannedProgress | null;
  readonly updatedAt: string;
}

export const NO_PROGRESS: Progress = {
  position: null,
  eventPosition: null,
  digest: '0'.repeat(64),
  documents: 0,
  events: 0,
  parked: 0,
};
