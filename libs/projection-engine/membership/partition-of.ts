import { textHash } from './text-hash.js';

/** How the complaints of a build are spread. Fixed for its life: checkpoints are kept per partition. */
export interface Partitioning {
  readonly partitions: number;
  /** Absent in builds of earlier releases: by a hash, which no pattern of stream names can follow. */
  readonly partitionedBy?: 'id-end';
}

/** How many ends an id may have: two hexadecimal digits, random in a UUID of any version that we give. */
export const idEnds = 256;

export function partitionOf(complaintId: string, { partitions, partitionedBy }: Partitioning): number {
  if (partitions === 1) return 0;
  const end = partitionedBy === 'id-end' ? idEndOf(complaintId) : undefined;
  return (end ?? textHash(complaintId)) % partitions;
}

/** The last two digits; undefined for an id that does not end in such digits. */
function idEndOf(complaintId: string): number | undefined {
  const first = digitOf(complaintId.charCodeAt(complaintId.length - 2));
  const second = digitOf(complaintId.charCodeAt(complaintId.length - 1));
  return first === undefined || second === undefined ? undefined : 16 * first + second;
}

/** 0-9 and a-f, as they stand in UTF-16. */
function digitOf(unit: number): number | undefined {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  return unit >= 0x61 && unit <= 0x66 ? unit - 0x57 : undefined;
}
