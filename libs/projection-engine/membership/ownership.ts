import { buildKey, partitionId, versionKey } from '../builds/build-id.js';
import type { BuildRecord } from '../builds/build-records.js';
import type { CheckpointRecord } from '../builds/checkpoint-record.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import { assign } from './assignment.js';
import type { MemberRecord } from './member-record.js';

export interface OwnedPartition {
  readonly id: string;
  readonly build: string;
  readonly partition: number;
  readonly epoch: number;
}

export interface OwnershipChange {
  /** To be given back, or lost already. */
  readonly leave: readonly OwnedPartition[];
  /** Free or orphaned, to be claimed. */
  readonly take: readonly CheckpointRecord[];
}

/** What this process has to give back and to take over, given who is alive. Pure. */
export function ownershipChange(
  self: string,
  owned: ReadonlyMap<string, OwnedPartition>,
  builds: readonly BuildRecord[],
  members: readonly MemberRecord[],
  records: readonly CheckpointRecord[],
): OwnershipChange {
  const candidates = members.map(({ _id, runs }) => ({ id: _id, runs }));
  const wanted = new Set<string>();
  for (const build of builds) {
    const { partitions, partitionedBy } = build;
    const assignable = { key: buildKey(build), version: versionKey(build), partitions, partitionedBy };
    for (const [partition, owner] of assign(assignable, candidates)) {
      if (owner === self) wanted.add(partitionId(build, partition));
    }
  }
  const byId = new Map(records.map((record) => [record._id, record]));
  const live = new Set(members.map(({ _id }) => _id));
  return {
    leave: [...owned.values()].filter(({ id, epoch }) => !wanted.has(id) || byId.get(id)?.epoch !== epoch),
    take: records.filter(
      ({ _id, owner, epoch }) =>
        wanted.has(_id) &&
        owned.get(_id)?.epoch !== epoch &&
        (owner === null || owner === self || !live.has(owner)),
    ),
  };
}

/** Those of the records that nobody else was faster to claim. */
export async function claim(
  store: ProjectionStore,
  self: string,
  records: readonly CheckpointRecord[],
): Promise<readonly OwnedPartition[]> {
  const claimed: OwnedPartition[] = [];
  for (const { _id, owner, epoch } of records) {
    const record = await store.checkpoints.claim(_id, { owner, epoch }, self);
    if (record)
      claimed.push({ id: _id, build: record.build, partition: record.partition, epoch: record.epoch });
  }
  return claimed;
}
