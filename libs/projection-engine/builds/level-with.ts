import { setTimeout as sleep } from 'node:timers/promises';
import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import { buildKey, type BuildId } from './build-id.js';

/**
 * Whether a build has everything that readers of another may have seen, waiting for it to get there: a switch to one
 * that is behind would take back what somebody has read already.
 */
export async function isLevelWith(
  store: Pick<ProjectionStore, 'checkpoints'>,
  build: BuildId,
  other: BuildId,
  patienceMs: number,
): Promise<boolean> {
  const goal = await mostThatCanBeRead(store, other);
  const until = performance.now() + patienceMs;
  for (;;) {
    const records = await store.checkpoints.read([buildKey(build)]);
    if (records.length > 0 && records.every(({ position }) => (position ?? '') >= goal)) return true;
    if (performance.now() >= until) return false;
    await sleep(10);
  }
}

/** A batch that is being written can be read already in part. */
async function mostThatCanBeRead(
  store: Pick<ProjectionStore, 'checkpoints'>,
  build: BuildId,
): Promise<GlobalPosition> {
  const records = await store.checkpoints.read([buildKey(build)]);
  return records.reduce((most, { position, pending }) => {
    const here = pending?.position ?? position ?? '';
    return here > most ? here : most;
  }, '');
}
