import { MongoClient, type Collection, type Document } from 'mongodb';
import { activeCollectionName } from './active-collection.js';
import { ensureIndexes, type CollectionIndex } from './collection-indexes.js';
import { unavailable } from './read-store.errors.js';

export interface ReadStoreOptions {
  readonly url: string;
  /** Default `complaints`; a database named in the URL wins over the default. */
  readonly database?: string;
  /** How long the first connection may take before it counts as unreachable. Default 5000. */
  readonly connectTimeoutMs?: number;
}

/**
 * The document store of the read models. Documents hold strings, numbers, booleans, dates, arrays and objects only, and
 * instants are kept as ISO 8601 UTC strings with milliseconds, so that text order is time order on every server.
 */
export interface ReadStore {
  readonly database: string;
  collection<T extends Document>(name: string): Collection<T>;
  /**
   * The collection that a projection's queries read now. Asked anew by every request, once: then a switch of versions
   * is atomic for it, and no answer mixes two versions.
   */
  activeCollection<T extends Document>(projection: string): Promise<Collection<T>>;
  ensureIndexes(collection: string, indexes: readonly CollectionIndex[]): Promise<void>;
  /** @throws ReadStoreUnavailableError */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws ReadStoreUnavailableError when the URL is malformed or nobody answers in time */
export async function connectReadStore(options: ReadStoreOptions): Promise<ReadStore> {
  const timeout = options.connectTimeoutMs ?? 5000;
  const client = openClient(options.url, timeout);
  try {
    await client.connect();
    await client.db('admin').command({ ping: 1 }, { timeoutMS: timeout });
  } catch (error) {
    await client.close().catch(() => undefined);
    throw unavailable(options.url, error);
  }
  const database = options.database ?? databaseOf(options.url) ?? 'complaints';
  return readStoreOn(client, database, options.url);
}

function openClient(url: string, timeout: number): MongoClient {
  try {
    return new MongoClient(url, {
      appName: 'complaint-ledger',
      // Acknowledged means on the disks of a majority; reads see it at once because they go to the primary.
      writeConcern: { w: 'majority', journal: true },
      readPreference: 'primary',
      serverSelectionTimeoutMS: timeout,
      connectTimeoutMS: timeout,
      maxPoolSize: 20,
      waitQueueTimeoutMS: 30_000,
      // An optional field that a fold left undefined is absent, not null.
      ignoreUndefined: true,
      // `retryWrites` stays at the driver's default: it numbers writes on replica sets and sharded clusters only,
      // never on a standalone, where such a number is refused.
    });
  } catch (error) {
    throw unavailable(url, error);
  }
}

function databaseOf(url: string): string | undefined {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1];
}

function readStoreOn(client: MongoClient, database: string, url: string): ReadStore {
  const db = client.db(database);
  return {
    database,
    collection: (name) => db.collection(name),
    activeCollection: async (projection) => db.collection(await activeCollectionName(db, projection)),
    ensureIndexes: (collection, indexes) => ensureIndexes(db, collection, indexes),
    ping: async () => {
      try {
        await db.command({ ping: 1 });
      } catch (error) {
        throw unavailable(url, error);
      }
    },
    close: () => client.close(),
  };
}
