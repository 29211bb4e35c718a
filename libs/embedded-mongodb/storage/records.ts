import { Doc } from '../bson/doc.js';
import type { Value } from '../bson/values.js';
import { encodeStored } from '../bson/write.js';
import { fail, MongoError } from '../errors.js';
import { keysOf, type DocumentKeys } from '../keys/index-keys.js';
import { namespaceOf, type Catalog, type CollectionEntry, type IndexEntry } from './catalog.js';
import { recordBytes, type Environment } from './environment.js';
import { valueAtPath } from '../query/path.js';
import { shell } from '../bson/shell.js';

const nothing = Buffer.from([0]);

/** Documents together with their index entries; every change inside a transaction of the write queue. */
export class Records {
  private readonly key = { collection: 0, record: 0 };

  constructor(
    private readonly environment: Environment,
    private readonly catalog: Catalog,
  ) {}

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
    return this.environment.unique.get(uniqueKey(index, key))?.readUIntBE(0, recordBytes);
  }

  /** Whether the index leads from the key to the record. */
  holds(index: IndexEntry, key: Buffer, record: number): boolean {
    if (index.unique) return this.lookup(index, key) === record;
    return this.environment.entries.get(entryKey(index, key, record)) !== undefined;
  }

  insert(collection: CollectionEntry, doc: Doc): number {
    refuseDropped(collection);
    const bytes = encodeStored(doc);
    const record = collection.nextRecord;
    const additions = collection.indexes.map((index) => {
      const addition = entriesOf(index, doc);
      this.refuseDuplicates(collection, index, addition.keys, doc, record);
      return addition;
    });
    collection.nextRecord++;
    collection.indexes.forEach((index, i) => {
      const { keys, multikey } = additions[i] as Entries;
      for (const key of keys) this.addEntry(index, key, record);
      this.markMultikey(collection, index, multikey);
    });
    this.putDocument(collection, record, bytes);
    collection.count++;
    collection.bytes += bytes.length;
    collection.changed = true;
    return record;
  }

  replace(collection: CollectionEntry, record: number, before: Doc, after: Doc): void {
    refuseDropped(collection);
    const bytes = encodeStored(after);
    const changes = collection.indexes.map((index) => {
      // An id never changes.
      if (index.name === '_id_') return undefined;
      const { keys: old } = entriesOf(index, before);
      const { keys: fresh, multikey } = entriesOf(index, after);
      if (sameKeys(old, fresh)) return undefined;
      const added = fresh.filter((key) => !old.some((other) => other.equals(key)));
      this.refuseDuplicates(collection, index, added, after, record);
      return { added, removed: old.filter((key) => !fresh.some((other) => other.equals(key))), multikey };
    });
    collection.indexes.forEach((index, i) => {
      const change = changes[i];
      if (!change) return;
      for (const key of change.removed) this.removeEntry(index, key, record);
      for (const key of change.added) this.addEntry(index, key, record);
      this.markMultikey(collection, index, change.multikey);
    });
    this.putDocument(collection, record, bytes);
    collection.bytes += bytes.length - (before.bytes?.length ?? 0);
    collection.changed = true;
  }

  remove(collection: CollectionEntry, record: number, doc: Doc): void {
    refuseDropped(collection);
    for (const index of collection.indexes) {
      for (const key of entriesOf(index, doc).keys) this.removeEntry(index, key, record);
    }
    this.key.collection = collection.id;
    this.key.record = record;
    void this.environment.documents.remove(this.key);
    collection.count--;
    collection.bytes -= doc.bytes?.length ?? 0;
    collection.changed = true;
  }

  /** Adds a document that is there already to an index that is being built. */
  addToIndex(collection: CollectionEntry, index: IndexEntry, record: number, doc: Doc): void {
    const { keys, multikey } = entriesOf(index, doc);
    this.refuseDuplicates(collection, index, keys, doc, record);
    for (const key of keys) this.addEntry(index, key, record);
    this.markMultikey(collection, index, multikey);
  }

  private putDocument(collection: CollectionEntry, record: number, bytes: Buffer): void {
    this.key.collection = collection.id;
    this.key.record = record;
    void this.environment.documents.put(this.key, bytes);
  }

  private markMultikey(collection: CollectionEntry, index: IndexEntry, multikey: Entries['multikey']): void {
    if (!multikey?.some((mark, i) => mark && !index.multikey[i])) return;
    index.multikey = index.multikey.map((mark, i) => mark || multikey[i] === true);
    this.catalog.save(collection);
  }

  private addEntry(index: IndexEntry, key: Buffer, record: number): void {
    if (index.unique) {
      const value = Buffer.allocUnsafe(recordBytes);
      value.writeUIntBE(record, 0, recordBytes);
      void this.environment.unique.put(uniqueKey(index, key), value);
    } else void this.environment.entries.put(entryKey(index, key, record), nothing);
  }

  private removeEntry(index: IndexEntry, key: Buffer, record: number): void {
    if (index.unique) void this.environment.unique.remove(uniqueKey(index, key));
    else void this.environment.entries.remove(entryKey(index, key, record));
  }

  private refuseDuplicates(
    collection: CollectionEntry,
    index: IndexEntry,
    keys: readonly Buffer[],
    doc: Doc,
    record: number,
  ): void {
    if (!index.unique) return;
    for (const key of keys) {
      const holder = this.lookup(index, key);
      if (holder !== undefined && holder !== record) throw duplicateKey(collection, index, doc);
    }
  }
}

type Entries = Pick<DocumentKeys, 'keys' | 'multikey'>;

/** The keys of a document in an index, and which of its fields gave several. */
function entriesOf(index: IndexEntry, doc: Doc): Entries {
  const { keys, multikey, absent } = keysOf(doc, index.fields);
  return { keys: index.sparse && absent ? [] : keys, multikey };
}

function refuseDropped(collection: CollectionEntry): void {
  if (collection.dropped)
    throw fail('QueryPlanKilled', `collection ${namespaceOf(collection)} was dropped during the write`);
}

function duplicateKey(collection: CollectionEntry, index: IndexEntry, doc: Doc): MongoError {
  const values = index.fields.map((field): [string, Value] => [
    field.path,
    valueAtPath(doc, field.parts) ?? null,
  ]);
  const keyValue = Doc.fromLists(
    values.map(([path]) => path),
    values.map(([, value]) => value),
  );
  const error = new MongoError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.name} dup key: ${shell(keyValue)}`,
  );
  error.details = Doc.of({ keyPattern: index.key, keyValue });
  return error;
}

const sameKeys = (a: readonly Buffer[], b: readonly Buffer[]): boolean =>
  a.length === b.length && a.every((key, i) => key.equals(b[i] as Buffer));

export function indexPrefix(index: IndexEntry): Buffer {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(index.id);
  return prefix;
}

function uniqueKey(index: IndexEntry, key: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(4 + key.length);
  bytes.writeUInt32BE(index.id);
  key.copy(bytes, 4);
  return bytes;
}

function entryKey(index: IndexEntry, key: Buffer, record: number): Buffer {
  const bytes = Buffer.allocUnsafe(4 + key.length + recordBytes);
  bytes.writeUInt32BE(index.id);
  key.copy(bytes, 4);
  bytes.writeUIntBE(record, 4 + key.length, recordBytes);
  return bytes;
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
