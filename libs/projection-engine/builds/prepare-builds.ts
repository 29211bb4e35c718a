import { buildCollection, buildKey, type BuildId } from './build-id.js';
import type { BuildRecord } from './build-records.js';
import { prepareBuild } from './prepare-build.js';
import type { IndexSpec } from '../projection.js';
import type { ProjectorContext } from '../projector-context.js';

/** Creates what the registry asks for and the store does not have, and the alias of projections seen for the first time. */
export async function prepareBuilds(context: ProjectorContext): Promise<void> {
  const { store, registry } = context;
  const builds = await store.builds.all();
  const active = new Map((await store.builds.active()).map((alias) => [alias.name, alias]));
  const newestFirst = [...registry.values()].sort((a, b) => b.projection.version - a.projection.version);
  for (const { projection } of newestFirst) {
    const id: BuildId = { name: projection.name, version: projection.version, build: 0 };
    const alias = active.get(id.name);
    const isNewVersion = alias !== undefined && alias.version !== id.version;
    const existing = builds.find(({ _id }) => _id === buildKey(id));
    if (!existing) {
      await createBuild(context, id, projection.indexes, {
        onPoison: isNewVersion ? 'fail' : 'park',
        switchWhenCaughtUp: isNewVersion && alias.version < id.version && context.tuning.switchNewVersions,
        createdBy: context.memberId,
      });
    } else if (existing.state === 'catching-up' || existing.state === 'live') {
      // Indexes may be added to a version: they change no document.
      await store.documents.prepare(buildCollection(existing), projection.indexes);
    }
    if (!alias) {
      const now = new Date().toISOString();
      await store.builds.activateFirst({
        ...id,
        _id: id.name,
        switchedAt: now,
        switchedBy: context.memberId,
      });
    }
  }
}

export type BuildWishes = Pick<BuildRecord, 'onPoison' | 'switchWhenCaughtUp' | 'createdBy'>;

/** False when the build exists. */
export async function createBuild(
  context: ProjectorContext,
  id: BuildId,
  indexes: readonly IndexSpec[],
  wishes: BuildWishes,
): Promise<boolean> {
  const record: BuildRecord = {
    _id: buildKey(id),
    name: id.name,
    version: id.version,
    build: id.build,
    state: 'preparing',
    partitions: context.tuning.partitions,
    partitionedBy: 'id-end',
    createdAt: new Date().toISOString(),
    ...wishes,
  };
  if (!(await context.store.builds.create(record))) return false;
  await prepareBuild(context.store, record, indexes);
  return true;
}
