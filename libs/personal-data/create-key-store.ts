import { randomBytes, randomUUID } from 'node:crypto';
import { BoundedCache } from './bounded-cache.js';
import type { DataKey } from './data-key.js';
import type { KeyRecord, KeyRecords } from './key-records.port.js';
import type { KeyStore } from './key-store.port.js';
import { type MasterKey, MasterKeyError } from './master-key.js';

export interface KeyStoreOptions {
  /** How long another process may still use a key that was destroyed here. Default 10 s. */
  readonly maxAgeMs?: number;
  readonly capacity?: number;
  /** Monotonic milliseconds; for tests. */
  readonly now?: () => number;
}

const dataKeyLength = 32;

/** @throws MasterKeyError when the stored keys were wrapped by another master key */
export async function createKeyStore(
  records: KeyRecords,
  masterKey: MasterKey,
  options: KeyStoreOptions = {},
): Promise<KeyStore> {
  if ((await records.masterKeyFingerprint(masterKey.fingerprint)) !== masterKey.fingerprint) {
    throw new MasterKeyError(
      'The stored keys of personal data belong to another master key. Set PERSONAL_DATA_MASTER_KEY to the key they ' +
        'were made with, or restore keys/master.key under DATA_DIR; nothing was changed.',
    );
  }
  return new WrappedKeyStore(records, masterKey, options);
}

class WrappedKeyStore implements KeyStore {
  private readonly byCustomer: BoundedCache<DataKey>;
  private readonly byKeyId: BoundedCache<DataKey>;

  constructor(
    private readonly records: KeyRecords,
    private readonly masterKey: MasterKey,
    { maxAgeMs = 10_000, capacity = 10_000, now = () => performance.now() }: KeyStoreOptions,
  ) {
    this.byCustomer = new BoundedCache(capacity, maxAgeMs, now);
    this.byKeyId = new BoundedCache(capacity, maxAgeMs, now);
  }

  keyFor(customerRef: string, options: { readonly create: true }): Promise<DataKey>;
  keyFor(customerRef: string, options: { readonly create: boolean }): Promise<DataKey | undefined>;
  async keyFor(customerRef: string, { create }: { readonly create: boolean }): Promise<DataKey | undefined> {
    const cached = this.byCustomer.get(customerRef);
    if (cached) return cached;
    const record =
      (await this.records.find(customerRef)) ??
      (create ? await this.records.insertOrFind(this.newRecord(customerRef)) : undefined);
    return record && this.unwrap(record);
  }

  async keysById(keyIds: Iterable<string>): Promise<ReadonlyMap<string, DataKey>> {
    const keys = new Map<string, DataKey>();
    const unknown: string[] = [];
    for (const keyId of new Set(keyIds)) {
      const cached = this.byKeyId.get(keyId);
      if (cached) keys.set(keyId, cached);
      else unknown.push(keyId);
    }
    const found = unknown.length > 0 ? await this.records.findByKeyIds(unknown) : [];
    for (const record of found) keys.set(record.keyId, this.unwrap(record));
    return keys;
  }

  async destroy(customerRef: string): Promise<boolean> {
    const record = await this.records.find(customerRef);
    const wasThere = await this.records.remove(customerRef);
    this.byCustomer.delete(customerRef);
    if (record) this.byKeyId.delete(record.keyId);
    return wasThere;
  }

  private newRecord(customerRef: string): KeyRecord {
    const keyId = randomUUID();
    const wrapped = Buffer.from(this.masterKey.wrap(randomBytes(dataKeyLength), keyId)).toString('base64');
    return { customerRef, keyId, wrapped, createdAt: new Date().toISOString() };
  }

  private unwrap({ customerRef, keyId, wrapped }: KeyRecord): DataKey {
    const key = { keyId, secret: this.masterKey.unwrap(Buffer.from(wrapped, 'base64'), keyId) };
    this.byCustomer.set(customerRef, key);
    this.byKeyId.set(keyId, key);
    return key;
  }
}
