import type { LeaseRecord, LeaseStore } from '#libs/escalation/index.js';
import { insertOrFind } from './insert-or-find.js';
import type { ReadStore } from './read-store.js';

/** One document in `leases`; every change names the epoch (and beat) that it was decided on. */
export function leaseOn(store: ReadStore, name: string): LeaseStore {
  const leases = store.collection<LeaseRecord>('leases');
  return {
    read: async () =>
      (await leases.findOne({ _id: name })) ??
      (await insertOrFind(leases, { _id: name, holder: null, epoch: 0, beat: 0 })),
    claim: async ({ epoch, beat }, holder) =>
      (await leases.findOneAndUpdate(
        { _id: name, epoch, beat },
        { $set: { holder, epoch: epoch + 1, beat: 0 } },
        { returnDocument: 'after' },
      )) ?? undefined,
    beat: async (epoch) => {
      const { matchedCount } = await leases.updateOne({ _id: name, epoch }, { $inc: { beat: 1 } });
      return matchedCount === 1;
    },
    release: async (epoch) => {
      await leases.updateOne({ _id: name, epoch }, { $set: { holder: null } });
    },
  };
}
