import { setTimeout as sleep } from 'node:timers/promises';
import { sumDigests } from '../documents/digest.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import { buildKey, type BuildId } from './build-id.js';
import type { CheckpointRecord } from './checkpoint-record.js';
import { BuildRefusedError, existingBuild } from './manage-builds.js';

export interface BuildComparison {
  /** At which both were compared; null when they did not meet at one position in time. */
  readonly position: string | null;
  /** The same version gives the same digest from the same log; another version need not. Null like the position. */
  readonly sameDigest: boolean | null;
  readonly documents: readonly [number, number];
  readonly parked: readonly [number, number];
}

/**
 * Compares two builds at the same position of the log: digests and counts are functions of it. Builds at the head
 * advance together, so they meet soon; until they do, it looks again.
 * @throws BuildRefusedError for a build that does not exist, or has no documents to compare
 */
export async function compareBuilds(
  store: ProjectionStore,
  left: BuildId,
  right: BuildId,
  patienceMs = 10_000,
): Promise<BuildComparison> {
  if (left.name !== right.name) {
    throw new BuildRefusedError(
      `${left.name} and ${right.name} hold other documents; compare builds of one.`,
    );
  }
  for (const id of [left, right]) {
    const { _id, state, failure } = await existingBuild(store, id);
    if (state === 'failed')
      throw new BuildRefusedError(`${_id} has failed: ${failure ?? 'the reason is lost'}.`);
    if (state === 'dropping') throw new BuildRefusedError(`${_id} is being dropped.`);
    if (state === 'preparing') throw new BuildRefusedError(`${_id} is only being prepared; look again.`);
  }
  const until = performance.now() + patienceMs;
  for (;;) {
    const records = await store.checkpoints.read([buildKey(left), buildKey(right)]);
    const [one, other] = [left, right].map((id) => records.filter(({ build }) => build === buildKey(id)));
    const position = commonPosition(records);
    const isLate = performance.now() >= until;
    if (one && other && (position !== undefined || isLate)) {
      return {
        position: position ?? null,
        sameDigest: position === undefined ? null : digestOf(one) === digestOf(other),
        documents: [sum(one, 'documents'), sum(other, 'documents')],
        parked: [sum(one, 'parked'), sum(other, 'parked')],
      };
    }
    await sleep(20);
  }
}

function commonPosition(records: readonly CheckpointRecord[]): string | undefined {
  const [first] = records;
  if (!first) return undefined;
  const same = records.every(({ position, pending }) => position === first.position && pending === null);
  return same ? (first.position ?? '') : undefined;
}

function digestOf(records: readonly CheckpointRecord[]): string {
  return sumDigests(records.map(({ digest }) => digest));
}

function sum(records: readonly CheckpointRecord[], field: 'documents' | 'parked'): number {
  return records.reduce((total, record) => total + record[field], 0);
}
