import {
  REQUESTS,
  type ParkedEvent,
  type ParkedStore,
  type ProjectionRequest,
  type RequestStore,
} from '#libs/projection-engine/index.js';
import { dropCollection } from './drop-collection.js';
import type { ReadStore } from './read-store.js';

export function parkedIn(readStore: ReadStore): ParkedStore {
  const open = (name: string) => readStore.collection<ParkedEvent>(name);
  return {
    park: async (collection, events) => {
      await open(collection).bulkWrite(
        events.map(({ _id, ...event }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: event }, upsert: true },
        })),
        { ordered: false },
      );
    },
    // Ids begin with the complaint and go on with the position: a range of the primary key needs no index of its own.
    parkedFrom: async (collection, complaintIds) => {
      const from = new Map<string, string>();
      if (complaintIds.length === 0 || !(await open(collection).findOne())) return from;
      for (const id of complaintIds) {
        const first = await open(collection).findOne(ofComplaint(id), { sort: { _id: 1 } });
        if (first) from.set(id, first.position);
      }
      return from;
    },
    ofComplaint: (collection, complaintId) =>
      open(collection).find(ofComplaint(complaintId)).sort({ _id: 1 }) as AsyncIterable<ParkedEvent>,
    page: (collection, after, limit) =>
      open(collection)
        .find(after === undefined ? {} : { _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    find: async (collection, id) => (await open(collection).findOne({ _id: id })) ?? undefined,
    remove: async (collection, ids) => {
      await open(collection).bulkWrite(
        ids.map((id) => ({ deleteOne: { filter: { _id: id } } })),
        { ordered: false },
      );
    },
    drop: (collection) => dropCollection(readStore, collection),
  };
}

function ofComplaint(complaintId: string): { _id: { $gte: string; $lt: string } } {
  // "0" is the character after "/".
  return { _id: { $gte: `${complaintId}/`, $lt: `${complaintId}0` } };
}

export function requestsIn(readStore: ReadStore): RequestStore {
  const requests = readStore.collection<ProjectionRequest>(REQUESTS);
  return {
    add: async (request) => {
      await requests.insertOne(request);
    },
    open: (builds) =>
      requests
        .find({ build: { $in: [...builds] }, state: 'open' })
        .sort({ at: 1 })
        .limit(100)
        .toArray(),
    get: async (id) => (await requests.findOne({ _id: id })) ?? undefined,
    finish: async (id, state, answer) => {
      await requests.updateOne({ _id: id, state: 'open' }, { $set: { state, answer } });
    },
    latest: (name, limit) => requests.find(ofProjection(name)).sort({ at: -1 }).limit(limit).toArray(),
    skips: (name) => requests.find({ ...ofProjection(name), kind: 'skip' }).toArray(),
  };
}

/** ":w" is what comes after ":v" and any number. */
function ofProjection(name: string): { version: { $gte: string; $lt: string } } {
  return { version: { $gte: `${name}:v`, $lt: `${name}:w` } };
}
