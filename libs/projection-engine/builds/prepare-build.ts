import { NO_PROGRESS } from './checkpoint-record.js';
import { buildCollection, partitionId } from './build-id.js';
import type { BuildRecord } from './build-records.js';
import type { IndexSpec } from '../projection.js';
import type { ProjectionStore } from '../store/projection-store.port.js';

/**
 * Whoever was held up for longer leaves the preparation to others, who may be through with it: emptying the collection
 * then would take away what the build has written.
 */
const begunAtMostMs = 3000;

/** The collection and the checkpoints of a build that was entered as `preparing` just now. */
export async function prepareBuild(
  store: ProjectionStore,
  record: BuildRecord,
  indexes: readonly IndexSpec[],
): Promise<void> {
  if (Date.now() - Date.parse(record.createdAt) > begunAtMostMs) return;
  // Left behind by a database that was only partly restored or emptied; the checkpoints begin at nothing.
  await store.documents.drop(buildCollection(record));
  await store.documents.prepare(buildCollection(record), indexes);
  await prepareCheckpoints(store, record);
  await store.builds.update(record._id, { state: 'preparing' }, { state: 'catching-up' });
}

/** For one whose process is gone. Only one other gets to do it, as the time of beginning is compared and set. */
export async function prepareInstead(
  store: ProjectionStore,
  seen: BuildRecord,
  indexes: readonly IndexSpec[],
): Promise<void> {
  const createdAt = new Date().toISOString();
  const { _id, createdAt: begunAt } = seen;
  if (!(await store.builds.update(_id, { state: 'preparing', createdAt: begunAt }, { createdAt }))) return;
  await prepareBuild(store, { ...seen, createdAt }, indexes);
}

async function prepareCheckpoints(store: ProjectionStore, record: BuildRecord): Promise<void> {
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
}
