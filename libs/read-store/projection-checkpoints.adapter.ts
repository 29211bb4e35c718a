import {
  CHECKPOINTS,
  PartitionLostError,
  type CheckpointRecord,
  type CheckpointStore,
} from '#libs/projection-engine/index.js';
import { insertedOnce } from './duplicate-key.js';
import type { ReadStore } from './read-store.js';

export function checkpointsIn(readStore: ReadStore): CheckpointStore {
  const collection = readStore.collection<CheckpointRecord>(CHECKPOINTS);
  const now = () => new Date().toISOString();
  return {
    ensure: async (records) => {
      await readStore.ensureIndexes(CHECKPOINTS, [{ name: 'build', keys: { build: 1 } }]);
      for (const record of records) await insertedOnce(() => collection.insertOne(record));
    },
    read: async (builds) =>
      builds.length === 0 ? [] : await collection.find({ build: { $in: [...builds] } }).toArray(),
    claim: async (id, seen, owner) => {
      const claimed = await collection.findOneAndUpdate(
        { _id: id, epoch: seen.epoch, owner: seen.owner },
        { $set: { owner, epoch: seen.epoch + 1, updatedAt: now() } },
        { returnDocument: 'after' },
      );
      return claimed ?? undefined;
    },
    release: async (id, epoch) => {
      await collection.updateOne({ _id: id, epoch }, { $set: { owner: null, updatedAt: now() } });
    },
    advance: async (advances) => {
      const updatedAt = now();
      const { matchedCount } = await collection.bulkWrite(
        advances.map(({ id, epoch, progress, pending }) => ({
          updateOne: { filter: { _id: id, epoch }, update: { $set: { ...progress, pending, updatedAt } } },
        })),
        { ordered: false },
      );
      if (matchedCount === advances.length) return;
      const kept = await collection.find({ _id: { $in: advances.map(({ id }) => id) } }).toArray();
      const epochs = new Map(kept.map(({ _id, epoch }) => [_id, epoch]));
      throw new PartitionLostError(
        advances.filter(({ id, epoch }) => epochs.get(id) !== epoch).map(({ id }) => id),
      );
    },
    remove: async (build) => {
      await collection.deleteMany({ build });
    },
  };
}
