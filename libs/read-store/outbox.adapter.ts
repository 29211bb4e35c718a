import type { Outbox, OutboxEntry } from '#libs/notifications/index.js';
import type { Filter } from 'mongodb';
import { insertedOnce } from './duplicate-key.js';
import type { ReadStore } from './read-store.js';

interface FeedPosition {
  readonly _id: string;
  readonly position: string;
}

const OUTBOX = 'notifications';
const UNSETTLED: Filter<OutboxEntry> = { state: { $in: ['parked', 'stale'] } };

/** Not a read model: what was delivered cannot be told from the log, and no rebuild touches it. */
export function outboxOn(store: ReadStore): Outbox {
  const entries = store.collection<OutboxEntry>(OUTBOX);
  const feed = store.collection<FeedPosition>('notifications_feed');
  const waiting = (id: string): Filter<OutboxEntry> => ({ _id: id, state: 'waiting' });
  return {
    prepare: () =>
      store.ensureIndexes(OUTBOX, [
        { name: 'due', keys: { state: 1, nextAttemptAt: 1, _id: 1 } },
        { name: 'settled', keys: { state: 1, settledAt: 1 } },
      ]),
    add: async (added) => {
      if (added.length > 0) await insertedOnce(() => entries.insertMany([...added], { ordered: false }));
    },
    position: async () => (await feed.findOne({ _id: 'log' }))?.position,
    advance: async (position) => {
      await feed.updateOne({ _id: 'log' }, { $max: { position } }, { upsert: true });
    },
    due: (now, limit) =>
      entries
        .find({ state: 'waiting', nextAttemptAt: { $lte: now } })
        .sort({ nextAttemptAt: 1, _id: 1 })
        .limit(limit)
        .toArray(),
    begin: async ({ _id, attempts }, nextAttemptAt) => {
      const { matchedCount } = await entries.updateOne(
        { ...waiting(_id), attempts },
        { $set: { attempts: attempts + 1, nextAttemptAt } },
      );
      return matchedCount === 1;
    },
    delivered: async (id, settledAt) => {
      await entries.updateOne(waiting(id), { $set: { state: 'delivered', settledAt, lastFailure: null } });
    },
    failed: async (id, lastFailure) => {
      await entries.updateOne(waiting(id), { $set: { lastFailure } });
    },
    park: async (id, settledAt, lastFailure) => {
      await entries.updateOne(waiting(id), { $set: { state: 'parked', settledAt, lastFailure } });
    },
    unsettled: (limit, after) =>
      entries
        .find(after === undefined ? UNSETTLED : { ...UNSETTLED, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    retry: async (id, now) => {
      const again = { state: 'waiting', attempts: 0, nextAttemptAt: now, settledAt: null } as const;
      const { matchedCount } = await entries.updateOne({ _id: id, ...UNSETTLED }, { $set: again });
      return matchedCount === 1;
    },
    counts: async () => {
      const count = (state: OutboxEntry['state']): Promise<number> => entries.countDocuments({ state });
      const [ofWaiting, parked, stale] = await Promise.all([
        count('waiting'),
        count('parked'),
        count('stale'),
      ]);
      return { waiting: ofWaiting, parked, stale };
    },
    prune: async (before) => {
      await entries.deleteMany({ state: 'delivered', settledAt: { $lt: before } });
    },
  };
}
