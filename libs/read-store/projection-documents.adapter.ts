import { MongoBulkWriteError, type AnyBulkWriteOperation, type Collection, type Filter } from 'mongodb';
import {
  GuardMissError,
  type DocumentStore,
  type DocumentWrite,
  type StoredDocument,
} from '#libs/projection-engine/index.js';
import { dropCollection } from './drop-collection.js';
import { isDuplicateKey } from './duplicate-key.js';
import { readAhead } from './read-ahead.js';
import type { ReadStore } from './read-store.js';

/** Keeps `$in` lists and bulks well below what one message may hold. */
const chunk = 1000;

export function documentsIn(readStore: ReadStore): DocumentStore {
  const open = (name: string) => readStore.collection<StoredDocument>(name);
  return {
    prepare: (collection, indexes) => readStore.ensureIndexes(collection, indexes),
    load: async (collection, ids) => {
      const found: StoredDocument[] = [];
      for (let from = 0; from < ids.length; from += chunk) {
        const some = ids.slice(from, from + chunk);
        found.push(
          ...((await open(collection)
            .find({ _id: { $in: some } })
            .toArray()) as StoredDocument[]),
        );
      }
      return found;
    },
    write: async (collection, writes) => {
      for (let from = 0; from < writes.length; from += chunk) {
        await bulk(open(collection), writes.slice(from, from + chunk));
      }
    },
    scan: (collection, filter = {}, leftOut) =>
      readAhead(open(collection), filter as Filter<StoredDocument>, {
        batchSize: chunk,
        sort: { _id: 1 },
        projection: leftOut,
      }),
    lastBegunBy: async (collection, moment) => {
      const after = firstIdOf(Date.parse(moment) + 1);
      const last = open(collection).find({ _id: { $lt: after } }, { projection: { _id: 1 } });
      return (await last.sort({ _id: -1 }).limit(1).next())?._id;
    },
    drop: (collection) => dropCollection(readStore, collection),
  };
}

/** What every UUID v7 that is given at that time (epoch milliseconds), or later, is greater than. */
function firstIdOf(at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

async function bulk(collection: Collection<StoredDocument>, writes: readonly DocumentWrite[]): Promise<void> {
  try {
    const result = await collection.bulkWrite(
      writes.map(operationOf) as AnyBulkWriteOperation<StoredDocument>[],
      { ordered: false },
    );
    const done = result.insertedCount + result.matchedCount + result.deletedCount;
    if (done === writes.length) return;
    throw new GuardMissError(
      `${writes.length - done} of ${writes.length} documents of ${collection.collectionName} were not what the batch began from.`,
    );
  } catch (error) {
    if (error instanceof MongoBulkWriteError && isDuplicateKey(error)) {
      throw new GuardMissError(
        `${collection.collectionName} has a document already that the batch was to create.`,
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}

function operationOf(write: DocumentWrite): object {
  switch (write.kind) {
    case 'insert':
      return { insertOne: { document: write.document } };
    case 'replace':
      return {
        replaceOne: { filter: { _id: write.document._id, ...write.previous }, replacement: write.document },
      };
    case 'delete':
      return { deleteOne: { filter: { _id: write.id, ...write.previous } } };
  }
}
