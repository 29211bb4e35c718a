import { BsonType } from '../bson/bson-type.js';
import type { Doc } from '../bson/doc.js';
import { readValue, sizeOf } from '../bson/read.js';
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

interface Element {
  /** Where its type stands. */
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

/**
 * The document of `{_id: …, guard: …}`, all equalities of plain values, compared as bytes: the filter of nearly every write,
 * which is neither parsed nor planned that way. Null where no document matches, undefined where the filter is another or bytes
 * do not tell. The document is a view that the next read overwrites.
 */
export function findById(
  records: Records,
  collection: CollectionEntry,
  query: Doc,
): Found | null | undefined {
  const [index] = collection.indexes;
  const { bytes } = query;
  if (!bytes || index?.name !== '_id_') return undefined;
  const elements = plainElements(bytes);
  const id = elements?.find((element) => isId(bytes, element));
  const key = id && encodeId(bytes, id);
  if (!elements || !key) return undefined;
  const record = records.lookup(index, key);
  const doc = record === undefined ? undefined : records.view(collection, record);
  if (record === undefined || !doc?.bytes) return null;
  for (const element of elements) {
    if (element === id) continue;
    const matches = matchesBytes(bytes, element, doc.bytes);
    if (!matches) return matches === false ? null : undefined;
  }
  return { record, doc };
}

function plainElements(bytes: Buffer): Element[] | undefined {
  const elements: Element[] = [];
  const last = bytes.length - 1;
  for (let at = 4; at < last;) {
    const start = at;
    const type = bytes[at++] as number;
    if (!exact.has(type) || bytes[at] === dollar) return undefined;
    for (; bytes[at] !== 0; at++) if (bytes[at] === dot) return undefined;
    const value = at + 1;
    at = value + sizeOf(bytes, type, value);
    elements.push({ start, value, end: at });
  }
  return elements;
}

const isId = (bytes: Buffer, { start, value }: Element): boolean =>
  value - start === 5 && bytes.readUInt32BE(start + 1) === 0x5f696400;

function encodeId(bytes: Buffer, { start, value }: Element): Buffer | undefined {
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

/** undefined where another type or an array may be equal all the same. */
function matchesBytes(query: Buffer, element: Element, doc: Buffer): boolean | undefined {
  const at = findField(query, element, doc);
  if (at === undefined) return false;
  if (doc[at] !== query[element.start]) return undefined;
  const shift = at - element.start;
  if (
    doc[at] === BsonType.string &&
    doc.readInt32LE(element.value + shift) !== query.readInt32LE(element.value)
  )
    return false;
  for (let i = element.value; i < element.end; i++) if (query[i] !== doc[i + shift]) return false;
  return true;
}

/** Where the first field of the element's name begins, with its type. */
function findField(query: Buffer, { start, value }: Element, doc: Buffer): number | undefined {
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
