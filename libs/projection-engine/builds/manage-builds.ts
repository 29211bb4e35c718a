import { buildKey, versionKey, type BuildId } from './build-id.js';
import type { ActiveBuild, BuildRecord } from './build-records.js';
import { isLevelWith } from './level-with.js';
import { pointQueries } from './point-queries.js';
import { prepareBuild } from './prepare-build.js';
import { followedVersions } from '../membership/followed-versions.js';
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
    partitionedBy: 'id-end',
    createdAt,
    createdBy: request.by,
  };
  if (!(await store.builds.create(record)))
    throw new BuildRefusedError(`${record._id} is being built already.`);
  await prepareBuild(store, record, request.projection.indexes);
  return id;
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
  if (!followedVersions(await store.members.all(), Date.now()).has(versionKey(to))) {
    throw new BuildRefusedError(
      `No projector follows ${buildKey(to)}: queries would read it as it is from then on. Start one of its release first.`,
    );
  }
  const { outcome, active } = await pointQueries(store, alias, to, by);
  if (outcome === 'done') return active;
  throw new BuildRefusedError(
    outcome === 'not-live'
      ? `${buildKey(to)} is being dropped by somebody else; look again.`
      : `Somebody else has just switched ${to.name}; look again.`,
  );
}

export async function rollbackBuild(store: ProjectionStore, name: string, by: string): Promise<ActiveBuild> {
  const alias = (await store.builds.active()).find((active) => active.name === name);
  if (!alias?.previous) throw new BuildRefusedError(`${name} has no build to go back to.`);
  return await switchBuild(store, alias.previous, by);
}

/** Its collection goes after a grace period, when no request can still be reading it. */
export async function dropBuild(store: ProjectionStore, id: BuildId, by: string): Promise<void> {
  await refuseIfRead(store, id);
  const { _id, state } = await existingBuild(store, id);
  if (state === 'dropping') return;
  const droppedAt = new Date().toISOString();
  if (!(await store.builds.update(_id, { state }, { state: 'dropping', droppedAt, droppedBy: by }))) {
    throw new BuildRefusedError(`${_id} is no longer ${state}; look again.`);
  }
  try {
    await refuseIfRead(store, id);
  } catch (error) {
    await store.builds.update(_id, { state: 'dropping' }, { state });
    throw error;
  }
}

async function refuseIfRead(store: ProjectionStore, id: BuildId): Promise<void> {
  const alias = (await store.builds.active()).find(({ name }) => name === id.name);
  if (alias && buildKey(alias) === buildKey(id)) {
    throw new BuildRefusedError(`${buildKey(id)} is what queries read; switch to another build first.`);
  }
}

/** @throws BuildRefusedError `unknown` */
export async function existingBuild(store: ProjectionStore, id: BuildId): Promise<BuildRecord> {
  const build = (await store.builds.all()).find(({ _id }) => _id === buildKey(id));
  if (!build || build.state === 'dropped') {
    throw new BuildRefusedError(`There is no build ${buildKey(id)}.`, 'unknown');
  }
  return build;
}
