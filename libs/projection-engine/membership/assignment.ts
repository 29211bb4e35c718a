import { partitionOf } from './partition-of.js';

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
 * partition; each build begins at another member, so that many small builds spread as well.
 */
export function assign(build: Assignable, members: readonly Candidate[]): ReadonlyMap<number, string> {
  const able = members
    .filter(({ runs }) => runs.includes(build.version))
    .map(({ id }) => id)
    .sort();
  const owners = new Map<number, string>();
  if (able.length === 0) return owners;
  const offset = partitionOf(build.key, able.length);
  for (let partition = 0; partition < build.partitions; partition++) {
    const owner = able[(partition + offset) % able.length];
    if (owner !== undefined) owners.set(partition, owner);
  }
  return owners;
}
