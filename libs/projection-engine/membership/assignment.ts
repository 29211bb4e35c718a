import type { Partitioning } from './partition-of.js';
import { textHash } from './text-hash.js';

export interface Assignable extends Partitioning {
  readonly key: string;
  readonly version: string;
}

export interface Candidate {
  readonly id: string;
  readonly runs: readonly string[];
}

/**
 * Who should own which partition, computed alike by every process from the same list of members. Even to within one
 * partition, and the same complaints of every build with as many partitions: who folds a share of all builds reads no more
 * of the log than that share. Other builds begin at a member each: those with fewer partitions than there are members, so
 * that they spread, and those of earlier releases, whose processes take part and deal out like that.
 */
export function assign(build: Assignable, members: readonly Candidate[]): ReadonlyMap<number, string> {
  const able = members
    .filter(({ runs }) => runs.includes(build.version))
    .map(({ id }) => id)
    .sort();
  const owners = new Map<number, string>();
  if (able.length === 0) return owners;
  const isAligned = build.partitionedBy === 'id-end' && build.partitions >= able.length;
  const offset = isAligned ? 0 : textHash(build.key) % able.length;
  for (let partition = 0; partition < build.partitions; partition++) {
    const owner = able[(partition + offset) % able.length];
    if (owner !== undefined) owners.set(partition, owner);
  }
  return owners;
}
