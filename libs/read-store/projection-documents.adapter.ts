import type { Filter } from 'mongodb';
import {
  GuardMissError,
  type DocumentStore,
  type DocumentWrite,
  type StoredDocument,
} from '#libs/projection-engine/index.js';
import { dropCollection } from './drop-collection.js';
import { DUPLICATE_KEY } from './duplicate-key.js';
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
        await write(readStore, collection, writes.slice(from, from + chunk));
      }
    },
    scan: (collection, filter = {}) =>
      open(collection)
        .find(filter as Filter<StoredDocument>)
        .sort({ _id: 1 })
        .batchSize(chunk),
    drop: (collection) => dropCollection(readStore, collection),
  };
}

interface WriteAnswer {
  readonly n: number;
  /** Written, but not yet known to be on the disks of a majority. */
  readonly writeConcernError?: { readonly code: number; readonly errmsg?: string };
  readonly writeErrors?: readonly { readonly code: number; readonly errmsg?: string }[];
}

/**
 * The write commands themselves instead of the driver's bulk, which encodes every document twice to cut messages that
 * are cut here already: a third of the time that writing takes in this process.
 */
async function write(
  readStore: ReadStore,
  collection: string,
  writes: readonly DocumentWrite[],
): Promise<void> {
  const answers = await Promise.all(
    commandsFor(collection, writes).map((command) =>
      readStore.command<WriteAnswer>({
        ...command,
        ordered: false,
        writeConcern: { w: 'majority', j: true },
      }),
    ),
  );
  const errors = answers.flatMap(({ writeErrors }) => writeErrors ?? []);
  const unsafe = answers.flatMap(({ writeConcernError }) => writeConcernError ?? []);
  const other = [...errors, ...unsafe].find(({ code }) => code !== DUPLICATE_KEY);
  if (other) throw new Error(`${collection} could not be written: ${other.errmsg ?? `error ${other.code}`}`);
  const done = answers.reduce((sum, { n }) => sum + n, 0);
  if (done < writes.length) {
    throw new GuardMissError(
      `${writes.length - done} of ${writes.length} documents of ${collection} were not what the batch began from.`,
    );
  }
}

function commandsFor(collection: string, writes: readonly DocumentWrite[]): object[] {
  const documents: object[] = [];
  const updates: object[] = [];
  const deletes: object[] = [];
  for (const one of writes) {
    if (one.kind === 'insert') documents.push(one.document);
    else if (one.kind === 'delete') deletes.push({ q: { _id: one.id, ...one.previous }, limit: 1 });
    else updates.push({ q: { _id: one.document._id, ...one.previous }, u: one.document });
  }
  return [
    ...(documents.length > 0 ? [{ insert: collection, documents }] : []),
    ...(updates.length > 0 ? [{ update: collection, updates }] : []),
    ...(deletes.length > 0 ? [{ delete: collection, deletes }] : []),
  ];
}
