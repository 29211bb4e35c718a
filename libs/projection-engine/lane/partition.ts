import type { CheckpointRecord, PlannedProgress, Progress } from '../builds/checkpoint-record.js';
import type { Entry } from '../fold/absorb.js';
import type { Advance } from '../store/projection-store.port.js';

/** A partition that this process owns, in memory. */
export interface Partition {
  readonly id: string;
  readonly index: number;
  readonly epoch: number;
  /** With everything that was planned so far. */
  progress: Progress;
  /** As last acknowledged by the store. */
  stored: Progress;
  /** Left by whoever owned it before, in the middle of a batch: to be done again before anything else. */
  unfinished: PlannedProgress | null;
  /** Entries of the unfinished batch until its last one has arrived. */
  held: Entry[];
}

export function partitionFrom(record: CheckpointRecord): Partition {
  const progress = progressOf(record);
  return {
    id: record._id,
    index: record.partition,
    epoch: record.epoch,
    progress,
    stored: progress,
    unfinished: record.pending,
    held: [],
  };
}

export function progressOf({
  position,
  eventPosition,
  digest,
  documents,
  events,
  parked,
}: Progress): Progress {
  return { position, eventPosition, digest, documents, events, parked };
}

export function advanceOf(partition: Partition, pending: PlannedProgress | null): Advance {
  return { id: partition.id, epoch: partition.epoch, progress: partition.progress, pending };
}
