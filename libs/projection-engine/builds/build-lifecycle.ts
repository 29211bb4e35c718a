import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { ProjectorContext } from '../projector-context.js';
import { buildCollection, buildKey, parkedCollection, versionKey } from './build-id.js';
import type { BuildRecord } from './build-records.js';
import type { CheckpointRecord } from './checkpoint-record.js';
import { isLevelWith } from './level-with.js';
import { pointQueries } from './point-queries.js';
import { prepareInstead } from './prepare-build.js';

/** What a round of looking found. */
export interface BuildsSeen {
  readonly builds: readonly BuildRecord[];
  readonly records: readonly CheckpointRecord[];
  readonly head: GlobalPosition | undefined;
  readonly live: ReadonlySet<string>;
}

/** Moves builds on that have arrived, take over, or may go. Every process does; each step is safe to do twice. */
export async function advanceBuilds(context: ProjectorContext, seen: BuildsSeen): Promise<void> {
  for (const build of seen.builds) {
    const own = seen.records.filter((record) => record.build === build._id);
    if (build.state === 'dropping') {
      // Also of versions that no process runs any more.
      if (await isRead(context, build)) await keep(context, build);
      else if (isFree(context, build, own, seen.live)) await dropForGood(context, build);
    } else if (build.state === 'preparing') {
      await prepareTheForgotten(context, build);
    } else if (context.registry.has(versionKey(build))) {
      if (build.state === 'catching-up' && hasArrived(build, own, seen.head)) await goLive(context, build);
      else if (build.state === 'live' && build.switchWhenCaughtUp) await takeOver(context, build);
    }
  }
}

/** With a batch pending it still is where its position says: what is pending comes on top. */
function hasArrived(
  build: BuildRecord,
  records: readonly CheckpointRecord[],
  head: GlobalPosition | undefined,
): boolean {
  return (
    records.length === build.partitions &&
    records.every(({ position }) => head === undefined || (position ?? '') >= head)
  );
}

async function goLive({ store, logger }: ProjectorContext, build: BuildRecord): Promise<void> {
  const liveAt = new Date().toISOString();
  if (!(await store.builds.update(build._id, { state: 'catching-up' }, { state: 'live', liveAt }))) return;
  logger.info({ build: build._id }, 'projection has caught up');
}

/** Of a process that ended between entering a build and preparing it. */
async function prepareTheForgotten({ store, registry, tuning }: ProjectorContext, build: BuildRecord) {
  const runs = registry.get(versionKey(build));
  if (runs === undefined || Date.now() - Date.parse(build.createdAt) < tuning.prepareMs) return;
  await prepareInstead(store, build, runs.projection.indexes);
}

async function isRead({ store }: ProjectorContext, build: BuildRecord): Promise<boolean> {
  return (await store.builds.active()).some((alias) => buildKey(alias) === build._id);
}

/** Of two who switched to it and dropped it at once, neither lived to take it back. */
async function keep({ store, logger }: ProjectorContext, build: BuildRecord): Promise<void> {
  if (!(await store.builds.update(build._id, { state: 'dropping' }, { state: 'live' }))) return;
  logger.warn({ build: build._id }, 'queries read the projection build that was to be dropped; it stays');
}

function isFree(
  { tuning }: ProjectorContext,
  build: BuildRecord,
  records: readonly CheckpointRecord[],
  live: ReadonlySet<string>,
): boolean {
  const droppedAt = Date.parse(build.droppedAt ?? '');
  return (
    records.every(({ owner }) => owner === null || !live.has(owner)) &&
    Date.now() - droppedAt >= tuning.dropGraceMs
  );
}

async function dropForGood({ store, logger }: ProjectorContext, build: BuildRecord): Promise<void> {
  await store.documents.drop(buildCollection(build));
  await store.parked.drop(parkedCollection(build));
  await store.checkpoints.remove(build._id);
  await store.builds.update(build._id, { state: 'dropping' }, { state: 'dropped' });
  logger.info({ build: build._id }, 'projection build dropped');
}

/** Behind what queries read now, it tries again in the next round. */
const levelPatienceMs = 500;

/** Once: afterwards the wish is fulfilled, and a rollback is not undone by it. */
async function takeOver({ store, logger }: ProjectorContext, build: BuildRecord): Promise<void> {
  const alias = (await store.builds.active()).find(({ name }) => name === build.name);
  if (alias && buildKey(alias) !== build._id) {
    if (!(await isLevelWith(store, build, alias, levelPatienceMs))) return;
    const { outcome } = await pointQueries(store, alias, build, build.createdBy);
    if (outcome !== 'done') return;
    logger.info({ build: build._id }, 'queries read the new build from now on');
  }
  await store.builds.update(build._id, { state: 'live' }, { switchWhenCaughtUp: false });
}
