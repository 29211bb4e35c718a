/** A customer's key as it is stored: wrapped by the master key, worthless without it. */
export interface KeyRecord {
  readonly customerRef: string;
  readonly keyId: string;
  /** Base64. */
  readonly wrapped: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
}

/** Where wrapped keys lie; every write is durable when it returns. */
export interface KeyRecords {
  find(customerRef: string): Promise<KeyRecord | undefined>;
  findByKeyIds(keyIds: readonly string[]): Promise<readonly KeyRecord[]>;
  /** Of records that are inserted at once for one customer, the first stays; everybody gets that one. */
  insertOrFind(record: KeyRecord): Promise<KeyRecord>;
  /** True when there was one. */
  remove(customerRef: string): Promise<boolean>;
  /** The fingerprint of the master key that these records belong to: the given one, if they are the first. */
  masterKeyFingerprint(own: string): Promise<string>;
}
