import { BsonType } from '../bson/bson-type.js';
import type { Doc } from '../bson/doc.js';
import { isId } from '../bson/id-first.js';
import { readValue, sizeOf } from '../bson/read.js';
import type { Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { encodeText, encodeValue } from '../keys/encode-value.js';
import { KeyWriter } from '../keys/key-writer.js';
import type { CollectionEntry } from '../storage/catalog.js';
import type { Records } from '../storage/records.js';
import type { Found } from './scan.js';

/** Values of these types are equal only to values of the same bytes, as far as they are compared with their own type. */
const exact: ReadonlySet<number> = new Set([
  BsonType.string,
  BsonType.objectId,
  BsonType.boolean,
  BsonType.date,
  BsonType.int32,
  BsonType.int64,
]);

const [dollar, dot] = [0x24, 0x2e];
const writer = new KeyWriter();

/** A filter of more equalities is parsed. */
const mostElements = 16;

/**
 * The filter `{_id: …, guard: …}`, all equalities of plain values, compared as bytes: the filter of nearly every write, which is
 * neither parsed nor planned that way. One instance serves one filter after another.
 */
export class IdQuery {
  count = 0;
  private bytes: Buffer = Buffer.alloc(0);
  /** Where each element begins with its type, where its value does, and where it ends. */
  private readonly starts = new Int32Array(mostElements);
  private readonly values = new Int32Array(mostElements);
  private readonly ends = new Int32Array(mostElements);
  private id = -1;

  /** False where the filter is another. */
  read(bytes: Buffer, from: number): boolean {
    this.bytes = bytes;
    this.count = 0;
    this.id = -1;
    const last = from + bytes.readInt32LE(from) - 1;
    for (let at = from + 4; at < last; this.count++) {
      const start = at;
      const type = bytes[at++] as number;
      if (this.count === mostElements || !exact.has(type) || bytes[at] === dollar) return false;
      for (; bytes[at] !== 0; at++) if (bytes[at] === dot) return false;
      const value = at + 1;
      at = value + sizeOf(bytes, type, value);
      this.starts[this.count] = start;
      this.values[this.count] = value;
      this.ends[this.count] = at;
      if (this.id < 0 && isId(bytes, start, last)) this.id = this.count;
    }
    return this.id >= 0;
  }

  get idStart(): number {
    return this.starts[this.id] as number;
  }

  get idEnd(): number {
    return this.ends[this.id] as number;
  }

  idValue(): Value {
    return readValue(this.bytes, this.bytes[this.idStart] as number, this.values[this.id] as number);
  }

  /** Null where no document matches, undefined where bytes do not tell. The document is a view that the next read overwrites. */
  find(records: Records, collection: CollectionEntry): Found | null | undefined {
    const [index] = collection.indexes;
    if (index?.name !== '_id_') return undefined;
    const key = encodeId(this.bytes, this.idStart, this.values[this.id] as number);
    if (!key) return undefined;
    const record = records.lookup(index, key);
    const doc = record === undefined ? undefined : records.view(collection, record);
    if (record === undefined || !doc?.bytes) return null;
    for (let i = 0; i < this.count; i++) {
      if (i === this.id) continue;
      const matches = this.matches(i, doc.bytes);
      if (!matches) return matches === false ? null : undefined;
    }
    return { record, doc };
  }

  /** undefined where another type or an array may be equal all the same. */
  private matches(element: number, doc: Buffer): boolean | undefined {
    const { bytes } = this;
    const start = this.starts[element] as number;
    const value = this.values[element] as number;
    const end = this.ends[element] as number;
    const at = findField(bytes, start, value, doc);
    if (at === undefined) return false;
    if (doc[at] !== bytes[start]) return undefined;
    const shift = at - start;
    if (doc[at] === BsonType.string && doc.readInt32LE(value + shift) !== bytes.readInt32LE(value))
      return false;
    for (let i = value; i < end; i++) if (bytes[i] !== doc[i + shift]) return false;
    return true;
  }
}

const shared = new IdQuery();

/** As an `IdQuery` finds it; undefined also where the filter is another. */
export function findById(
  records: Records,
  collection: CollectionEntry,
  query: Doc,
): Found | null | undefined {
  const { bytes } = query;
  return bytes && shared.read(bytes, 0) ? shared.find(records, collection) : undefined;
}

function encodeId(bytes: Buffer, start: number, value: number): Buffer | undefined {
  const type = bytes[start] as number;
  writer.length = 0;
  try {
    if (type !== BsonType.string || !encodeText(writer, bytes, value))
      encodeValue(writer, readValue(bytes, type, value));
    return writer.written();
  } catch (error) {
    // No index holds so long a value: the filter decides.
    if (error instanceof MongoError) return undefined;
    throw error;
  }
}

/** Where the first field of the element's name begins, with its type. */
function findField(query: Buffer, start: number, value: number, doc: Buffer): number | undefined {
  const last = doc.length - 1;
  for (let at = 4; at < last;) {
    let matched = 1;
    while (start + matched < value && doc[at + matched] === query[start + matched]) matched++;
    if (start + matched === value) return at;
    let end = at + matched;
    while (doc[end] !== 0) end++;
    at = end + 1 + sizeOf(doc, doc[at] as number, end + 1);
  }
  return undefined;
}
