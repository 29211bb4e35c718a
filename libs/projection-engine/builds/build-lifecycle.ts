import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { ProjectorContext } from '../projector-context.js';
import { buildCollection, parkedCollection, versionKey } from './build-id.js';
import type { ActiveBuild, BuildRecord } from './build-records.js';
import type { CheckpointRecord } from './checkpoint-record.js';

/** Moves builds on that have arrived, take over, or may go. Every process does; each step is safe to do twice. */
export async function advanceBuilds(
  context: ProjectorContext,
  builds: readonly BuildRecord[],
  records: readonly CheckpointRecord[],
  head: GlobalPosition | undefined,
): Promise<void> {
  const { store, logger } = context;
  for (const build of builds) {
    if (!context.registry.has(versionKey(build))) continue;
    const own = records.filter((record) => record.build === build._id);
    if (
      build.state === 'catching-up' &&
      own.length === build.partitions &&
      own.every((record) => isAt(record, head))
    ) {
      await store.builds.update(build._id, { state: 'live', liveAt: new Date().toISOString() });
      logger.info({ build: build._id }, 'projection has caught up');
    } else if (build.state === 'live' && build.switchWhenCaughtUp) {
      await takeOver(context, build);
    } else if (build.state === 'dropping' && isFree(context, build, own)) {
      await store.documents.drop(buildCollection(build));
      await store.parked.drop(parkedCollection(build));
      await store.checkpoints.remove(build._id);
      await store.builds.update(build._id, { state: 'dropped' });
      logger.info({ build: build._id }, 'projection build dropped');
    }
  }
}

function isAt({ position, pending }: CheckpointRecord, head: GlobalPosition | undefined): boolean {
  return pending === null && (head === undefined || (position !== null && position >= head));
}

function isFree(
  { tuning }: ProjectorContext,
  build: BuildRecord,
  records: readonly CheckpointRecord[],
): boolean {
  const droppedAt = Date.parse(build.droppedAt ?? '');
  return records.every(({ owner }) => owner === null) && Date.now() - droppedAt >= tuning.dropGraceMs;
}

/** Once: afterwards the wish is fulfilled, and a rollback is not undone by it. */
async function takeOver({ store, logger }: ProjectorContext, build: BuildRecord): Promise<void> {
  const alias = (await store.builds.active()).find(({ name }) => name === build.name);
  const { name, version, build: number } = build;
  if (alias && (alias.version !== version || alias.build !== number)) {
    const to: ActiveBuild = {
      _id: name,
      name,
      version,
      build: number,
      switchedAt: new Date().toISOString(),
      switchedBy: build.createdBy,
      previous: { name, version: alias.version, build: alias.build },
    };
    if (!(await store.builds.switchActive(alias, to))) return;
    logger.info({ build: build._id }, 'queries read the new build from now on');
  }
  await store.builds.update(build._id, { switchWhenCaughtUp: false });
}
