import {
  ACTIVE_BUILDS,
  BUILDS,
  MEMBERS,
  type ActiveBuild,
  type BuildRecord,
  type BuildStore,
  type MemberRecord,
  type MemberStore,
} from '#libs/projection-engine/index.js';
import { insertedOnce } from './duplicate-key.js';
import type { ReadStore } from './read-store.js';

export function buildsIn(readStore: ReadStore): BuildStore {
  const builds = readStore.collection<BuildRecord>(BUILDS);
  const active = readStore.collection<ActiveBuild>(ACTIVE_BUILDS);
  return {
    all: () => builds.find().sort({ _id: 1 }).toArray(),
    create: (record) => insertedOnce(() => builds.insertOne(record)),
    update: async (key, seen, change) => {
      const { matchedCount } = await builds.updateOne({ _id: key, ...seen }, { $set: change });
      return matchedCount === 1;
    },
    fail: async (key, failure) => {
      await builds.updateOne({ _id: key, state: 'catching-up' }, { $set: { state: 'failed', failure } });
    },
    active: () => active.find().toArray(),
    activateFirst: async (alias) => {
      await insertedOnce(() => active.insertOne(alias));
    },
    switchActive: async (from, to) => {
      const { matchedCount } = await active.replaceOne(
        { _id: from._id, version: from.version, build: from.build },
        to,
      );
      return matchedCount === 1;
    },
  };
}

export function membersIn(readStore: ReadStore): MemberStore {
  const members = readStore.collection<MemberRecord>(MEMBERS);
  return {
    all: () => members.find().sort({ _id: 1 }).toArray(),
    beat: async (member) => {
      await members.replaceOne({ _id: member._id }, member, { upsert: true });
    },
    remove: async (id) => {
      await members.deleteOne({ _id: id });
    },
  };
}
