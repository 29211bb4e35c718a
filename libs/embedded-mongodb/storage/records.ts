import { Doc } from '../bson/doc.js';
import { shell } from '../bson/shell.js';
import type { MaybeValue } from '../bson/values.js';
import { encodeStored } from '../bson/write.js';
import { fail, MongoError } from '../errors.js';
import { valuesOfKey } from '../keys/index-keys.js';
import { KeyBytes } from '../keys/key-bytes.js';
import { namespaceOf, type Catalog, type CollectionEntry, type IndexEntry } from './catalog.js';
import { withChecksum } from './checksum.js';
import { Entries } from './entries.js';
import { EntryChanges } from './entry-changes.js';
import type { Environment } from './environment.js';

/** Documents together with their index entries; every change inside a transaction of the write queue. */
export class Records {
  private readonly key = { collection: 0, record: 0 };
  private readonly changes = new EntryChanges();
  private readonly keyBytes = new KeyBytes();
  private readonly entries: Entries;

  constructor(
    private readonly environment: Environment,
    private readonly catalog: Catalog,
  ) {
    this.entries = new Entries(environment);
  }

  /** A view that the next read overwrites. */
  view(collection: CollectionEntry, record: number): Doc | undefined {
    this.key.collection = collection.id;
    this.key.record = record;
    const bytes = this.environment.documents.get(this.key);
    return bytes && Doc.fromBytes(asBuffer(bytes));
  }

  get(collection: CollectionEntry, record: number): Doc | undefined {
    const view = this.view(collection, record);
    return view && own(view);
  }

  /** The record that a unique index has under the key. */
  lookup(index: IndexEntry, key: Buffer): number | undefined {
    return this.entries.holder(this.whole(index, key));
  }

  /** Whether the index leads from the key to the record. */
  holds(index: IndexEntry, key: Buffer, record: number): boolean {
    if (index.unique) return this.lookup(index, key) === record;
    return this.entries.has(this.whole(index, key), record);
  }

  insert(collection: CollectionEntry, doc: Doc): number {
    refuseDropped(collection);
    const bytes = encodeStored(doc);
    const record = collection.nextRecord;
    this.changes.prepare(collection.indexes, undefined, bytes);
    this.refuseDuplicates(collection, record, doc);
    collection.nextRecord++;
    this.apply(collection, record);
    this.putDocument(collection, record, bytes);
    collection.count++;
    collection.bytes += bytes.length;
    collection.changed = true;
    return record;
  }

  /** @param before may be a view */
  replace(collection: CollectionEntry, record: number, before: Doc, after: Doc): void {
    refuseDropped(collection);
    const bytes = encodeStored(after);
    const old = before.bytes as Buffer;
    const growth = bytes.length - old.length;
    this.changes.prepare(collection.indexes, old, bytes);
    this.refuseDuplicates(collection, record, after);
    this.apply(collection, record);
    this.putDocument(collection, record, bytes);
    collection.bytes += growth;
    collection.changed = true;
  }

  /** @param doc may be a view */
  remove(collection: CollectionEntry, record: number, doc: Doc): void {
    refuseDropped(collection);
    const old = doc.bytes as Buffer;
    const { length } = old;
    this.changes.prepare(collection.indexes, old, undefined);
    this.apply(collection, record);
    this.key.collection = collection.id;
    this.key.record = record;
    void this.environment.documents.remove(this.key);
    collection.count--;
    collection.bytes -= length;
    collection.changed = true;
  }

  /** Adds a document that is there already to indexes that are being built. */
  addToIndexes(collection: CollectionEntry, indexes: readonly IndexEntry[], record: number, doc: Doc): void {
    this.changes.prepare(indexes, undefined, encodeStored(doc));
    this.refuseDuplicates(collection, record, doc);
    this.apply(collection, record);
  }

  private whole(index: IndexEntry, key: Buffer): KeyBytes {
    this.keyBytes.begin(index.id);
    this.keyBytes.append(key, 0, key.length, false);
    return this.keyBytes;
  }

  private putDocument(collection: CollectionEntry, record: number, bytes: Buffer): void {
    this.key.collection = collection.id;
    this.key.record = record;
    void this.environment.documents.put(this.key, withChecksum(bytes));
  }

  private apply(collection: CollectionEntry, record: number): void {
    this.changes.apply(record, this.entries, (index, multikey) => {
      if (!multikey.some((mark, i) => mark && !index.multikey[i])) return;
      index.multikey = index.multikey.map((mark, i) => mark || multikey[i] === true);
      this.catalog.save(collection);
    });
  }

  private refuseDuplicates(collection: CollectionEntry, record: number, doc: Doc): void {
    const clash = this.changes.clash(record, this.entries);
    if (clash) throw duplicateKey(collection, clash.index, valuesOfKey(doc, clash.index.fields, clash.key));
  }
}

function refuseDropped(collection: CollectionEntry): void {
  if (collection.dropped)
    throw fail('QueryPlanKilled', `collection ${namespaceOf(collection)} was dropped during the write`);
}

function duplicateKey(
  collection: CollectionEntry,
  index: IndexEntry,
  values: readonly MaybeValue[],
): MongoError {
  const keyValue = Doc.fromLists(
    index.fields.map(({ path }) => path),
    values.map((value) => value ?? null),
  );
  const error = new MongoError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.name} dup key: ${shell(keyValue)}`,
  );
  error.details = Doc.of({ keyPattern: index.key, keyValue });
  return error;
}

export function indexPrefix(index: IndexEntry): Buffer {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(index.id);
  return prefix;
}

/** lmdb hands out large values as plain byte arrays. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function own(view: Doc): Doc {
  const source = view.bytes as Buffer;
  const bytes = Buffer.allocUnsafe(source.length);
  source.copy(bytes);
  return Doc.fromBytes(bytes);
}
