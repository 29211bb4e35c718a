import { buildCollection, buildKey, partitionId, versionKey, type BuildId } from './build-id.js';
import type { ActiveBuild, BuildRecord } from './build-records.js';
import { NO_PROGRESS } from './checkpoint-record.js';
import { isLevelWith } from './level-with.js';
import type { AnyProjection } from '../projection.js';
import { DEFAULT_TUNING } from '../projector-options.js';
import type { ProjectionStore } from '../store/projection-store.port.js';

/** What was asked for cannot be done to this build; the message says why. */
export class BuildRefusedError extends Error {
  override readonly name = 'BuildRefusedError';
  readonly code = 'BUILD_REFUSED';
  constructor(
    message: string,
    /** Whether what was named does not exist, or is not in a state for it. */
    readonly kind: 'unknown' | 'state' = 'state',
  ) {
    super(message);
  }
}

export interface RebuildRequest {
  readonly projection: Pick<AnyProjection, 'name' | 'version' | 'indexes'>;
  readonly by: string;
  /** Take over as soon as it has caught up, instead of waiting for `switchBuild`. */
  readonly switchWhenCaughtUp: boolean;
  readonly partitions?: number;
}

/**
 * A new copy of a version beside the one in use; whichever processes run the version start on it within a beat. An
 * event that cannot be applied fails it.
 */
export async function requestRebuild(store: ProjectionStore, request: RebuildRequest): Promise<BuildId> {
  const { name, version } = request.projection;
  const siblings = (await store.builds.all()).filter(
    (build) => versionKey(build) === versionKey({ name, version }),
  );
  const running = siblings.find(({ state }) => state === 'catching-up' || state === 'preparing');
  if (running) throw new BuildRefusedError(`${running._id} is being built already.`);
  const id: BuildId = { name, version, build: Math.max(-1, ...siblings.map(({ build }) => build)) + 1 };
  const partitions = request.partitions ?? siblings[0]?.partitions ?? DEFAULT_TUNING.partitions;
  const createdAt = new Date().toISOString();
  const record: BuildRecord = {
    _id: buildKey(id),
    ...id,
    state: 'preparing',
    onPoison: 'fail',
    switchWhenCaughtUp: request.switchWhenCaughtUp,
    partitions,
    createdAt,
    createdBy: request.by,
  };
  if (!(await store.builds.create(record)))
    throw new BuildRefusedError(`${record._id} is being built already.`);
  await store.documents.drop(buildCollection(id));
  await store.documents.prepare(buildCollection(id), request.projection.indexes);
  await prepareCheckpoints(store, record);
  return id;
}

export async function prepareCheckpoints(store: ProjectionStore, record: BuildRecord): Promise<void> {
  const updatedAt = new Date().toISOString();
  await store.checkpoints.ensure(
    Array.from({ length: record.partitions }, (_, partition) => ({
      ...NO_PROGRESS,
      _id: partitionId(record, partition),
      build: record._id,
      partition,
      epoch: 0,
      owner: null,
      pending: null,
      updatedAt,
    })),
  );
  await store.builds.update(record._id, { state: 'catching-up' });
}

/** Queries read the other build from their next request on. Also the way back. */
export async function switchBuild(
  store: ProjectionStore,
  to: BuildId,
  by: string,
  patienceMs = 5000,
): Promise<ActiveBuild> {
  const target = await existingBuild(store, to);
  if (target.state !== 'live') {
    throw new BuildRefusedError(`${buildKey(to)} is ${target.state}; only a live build can take over.`);
  }
  const alias = (await store.builds.active()).find(({ name }) => name === to.name);
  if (!alias) throw new BuildRefusedError(`${to.name} is no projection of this store.`, 'unknown');
  if (buildKey(alias) === buildKey(to)) return alias;
  if (!(await isLevelWith(store, to, alias, patienceMs))) {
    throw new BuildRefusedError(
      `${buildKey(to)} is behind ${buildKey(alias)}, which queries read now: does a projector of its release run?`,
    );
  }
  const next: ActiveBuild = {
    _id: to.name,
    name: to.name,
    version: to.version,
    build: to.build,
    switchedAt: new Date().toISOString(),
    switchedBy: by,
    previous: { name: alias.name, version: alias.version, build: alias.build },
  };
  if (!(await store.builds.switchActive(alias, next))) {
    throw new BuildRefusedError(`Somebody else has just switched ${to.name}; look again.`);
  }
  return next;
}

export async function rollbackBuild(store: ProjectionStore, name: string, by: string): Promise<ActiveBuild> {
  const alias = (await store.builds.active()).find((active) => active.name === name);
  if (!alias?.previous) throw new BuildRefusedError(`${name} has no build to go back to.`);
  return await switchBuild(store, alias.previous, by);
}

/** Its collection goes after a grace period, when no request can still be reading it. */
export async function dropBuild(store: ProjectionStore, id: BuildId, by: string): Promise<void> {
  const alias = (await store.builds.active()).find(({ name }) => name === id.name);
  if (alias && buildKey(alias) === buildKey(id)) {
    throw new BuildRefusedError(`${buildKey(id)} is what queries read; switch to another build first.`);
  }
  const build = await existingBuild(store, id);
  if (build.state === 'dropping') return;
  await store.builds.update(build._id, {
    state: 'dropping',
    droppedAt: new Date().toISOString(),
    droppedBy: by,
  });
}

/** @throws BuildRefusedError `unknown` */
export async function existingBuild(store: ProjectionStore, id: BuildId): Promise<BuildRecord> {
  const build = (await store.builds.all()).find(({ _id }) => _id === buildKey(id));
  if (!build || build.state === 'dropped') {
    throw new BuildRefusedError(`There is no build ${buildKey(id)}.`, 'unknown');
  }
  return build;
}
