import { textHash } from './text-hash.js';

export interface Assignable {
  readonly key: string;
  readonly version: string;
  readonly partitions: number;
}

export interface Candidate {
  readonly id: string;
  readonly runs: readonly string[];
}

/**
 * Who should own which partition, computed alike by every process from the same list of members. Even to within one
 * partition, and the same complaints of every build with as many partitions: who folds a share of all builds reads no more
 * of the log than that share. Builds with fewer partitions than there are members begin at one each, so that they spread.
 */
export function assign(build: Assignable, members: readonly Candidate[]): ReadonlyMap<number, string> {
  const able = members
    .filter(({ runs }) => runs.includes(build.version))
    .map(({ id }) => id)
    .sort();
  const owners = new Map<number, string>();
  if (able.length === 0) return owners;
  const offset = build.partitions < able.length ? textHash(build.key) % able.length : 0;
  for (let partition = 0; partition < build.partitions; partition++) {
    const owner = able[(partition + offset) % able.length];
    if (owner !== undefined) owners.set(partition, owner);
  }
  return owners;
}
