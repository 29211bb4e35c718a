import { setTimeout as sleep } from 'node:timers/promises';
import {
  ACTIVE_BUILDS,
  buildKey,
  type CheckpointRecord,
  type ProjectionStore,
} from '#libs/projection-engine/index.js';
import { PROJECTIONS } from '#projections/index.js';

/** A projector in a process of its own, as far as whoever waits for it needs to know it. */
export interface WatchedProcess {
  readonly pid: number;
  readonly isAlive: boolean;
  /** What it said last. */
  readonly words: readonly string[];
  /** @throws when it has ended without being told to */
  mustLive(): void;
}

/** So many looks at progress that stands still, each of which found the projectors alive, are a stall. */
const PATIENCE = { looks: 450, everyMs: 100 };

/** The first builds of all projections, as a crash run has them. */
export const BUILD_KEYS = PROJECTIONS.map(({ name, version }) => buildKey({ name, version, build: 0 }));

/**
 * Until every partition has got to the position. A projector that died is told at once, and a slow machine is not taken
 * for a stall: what counts is the number of looks at which nothing had moved, so that a harness which was itself held
 * up blames nobody.
 */
export async function awaitProgress(
  store: ProjectionStore,
  head: string,
  projectors: readonly WatchedProcess[],
  { looks, everyMs } = PATIENCE,
): Promise<void> {
  let stood = 0;
  let last = '';
  for (;;) {
    for (const projector of projectors) projector.mustLive();
    const records = await store.checkpoints.read(BUILD_KEYS);
    const isThere = ({ position, pending }: CheckpointRecord) => pending === null && (position ?? '') >= head;
    if (records.length > 0 && records.every(isThere)) return;
    const now = records.map(({ position, pending }) => `${position} ${pending?.position}`).join();
    stood = now === last ? stood + 1 : 0;
    last = now;
    if (stood > looks) {
      throw new Error(
        `No partition has moved for ${looks} looks; the log is at ${head}.\n${await describe(store, projectors)}`,
      );
    }
    await sleep(everyMs);
  }
}

/** Everything that tells where it hangs: checkpoints with their leases, members with their reports, and last words. */
async function describe(store: ProjectionStore, projectors: readonly WatchedProcess[]): Promise<string> {
  const [records, members, builds, active] = await Promise.all([
    store.checkpoints.read(BUILD_KEYS),
    store.members.all(),
    store.builds.all(),
    store.builds.active(),
  ]);
  const lines = records.map(({ _id, owner, epoch, position, pending, updatedAt }) =>
    JSON.stringify({ partition: _id, owner, epoch, position, pending, updatedAt }),
  );
  lines.push(...members.map((member) => JSON.stringify({ member })));
  lines.push(...builds.map(({ _id, state, failure }) => JSON.stringify({ build: _id, state, failure })));
  lines.push(`${ACTIVE_BUILDS}: ${JSON.stringify(active)}`);
  for (const { pid, isAlive, words } of projectors) {
    lines.push(`projector ${pid}, ${isAlive ? 'alive' : 'dead'}, said last:`, ...words);
  }
  return lines.join('\n');
}
