import {
  createKeyStore,
  type KeyRecord,
  type KeyRecords,
  type KeyStore,
  type KeyStoreOptions,
  type MasterKey,
} from '#libs/personal-data/index.js';
import { insertOrFind } from './insert-or-find.js';
import { connectReadStore, type ReadStore } from './read-store.js';

/** A database of its own: it is backed up, restored and shared apart from events and read models. */
const KEYS_DATABASE = 'complaint_keys';

interface KeyDocument extends Omit<KeyRecord, 'customerRef'> {
  /** The customer's reference; unique, so that of two keys made at once one stays. */
  readonly _id: string;
}

interface MasterKeyDocument {
  readonly _id: string;
  readonly fingerprint: string;
}

export interface OpenKeyStoreOptions extends KeyStoreOptions {
  readonly url: string;
  readonly masterKey: MasterKey;
}

/**
 * @throws ReadStoreUnavailableError when nobody answers at the URL
 * @throws MasterKeyError when the keys that are there were wrapped by another master key
 */
export async function openKeyStore(
  options: OpenKeyStoreOptions,
): Promise<KeyStore & { close(): Promise<void> }> {
  const store = await connectReadStore({ url: options.url, database: KEYS_DATABASE });
  try {
    const keyStore = await createKeyStore(await keyRecordsOn(store), options.masterKey, options);
    return Object.assign(keyStore, { close: () => store.close() });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function keyRecordsOn(store: ReadStore): Promise<KeyRecords> {
  const keys = store.collection<KeyDocument>('keys');
  const about = store.collection<MasterKeyDocument>('about');
  await store.ensureIndexes('keys', [{ name: 'keyId', keys: { keyId: 1 }, unique: true }]);
  return {
    find: async (customerRef) => asRecord(await keys.findOne({ _id: customerRef })),
    findByKeyIds: async (keyIds) => {
      const found = await keys.find({ keyId: { $in: [...keyIds] } }).toArray();
      return found.map(recordOf);
    },
    insertOrFind: async ({ customerRef, ...rest }) =>
      recordOf(await insertOrFind(keys, { _id: customerRef, ...rest })),
    remove: async (customerRef) => (await keys.deleteOne({ _id: customerRef })).deletedCount > 0,
    masterKeyFingerprint: async (own) =>
      (await insertOrFind(about, { _id: 'master-key', fingerprint: own })).fingerprint,
  };
}

function asRecord(document: KeyDocument | null): KeyRecord | undefined {
  return document ? recordOf(document) : undefined;
}

function recordOf({ _id, keyId, wrapped, createdAt }: KeyDocument): KeyRecord {
  return { customerRef: _id, keyId, wrapped, createdAt };
}
