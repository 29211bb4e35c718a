import { BsonType } from '../bson/bson-type.js';
import { Doc } from '../bson/doc.js';
import { assemble, elementEnd } from '../bson/id-first.js';
import { marksOf } from '../bson/marks.js';
import { sizeOf } from '../bson/read.js';
import type { Value } from '../bson/values.js';
import { largestDocument } from '../bson/write.js';
import { IdQuery } from '../plan/find-by-id.js';
import type { CollectionEntry } from '../storage/catalog.js';
import type { Records } from '../storage/records.js';

/** Bytes at the beginning of a document that say how long it is. */
const headBytes = 4;

/**
 * The statement `{ q: { _id: …, guard: … }, u: <document>, upsert: …, multi: false }`, which is what bulks of read models are made
 * of. It is carried out on bytes: nothing of it is decoded. One instance serves one statement after another.
 */
export class PlainReplacement {
  upsert = false;
  /** What came of the statement that was applied last. */
  matched = false;
  modified = false;
  inserted = false;
  private readonly query = new IdQuery();
  private bytes: Buffer = Buffer.alloc(0);
  private change: Doc = Doc.empty;
  private changeBytes = this.bytes;
  private idAt: number | undefined;

  /** False where the statement is another, or says more. */
  read(statement: Doc): boolean {
    const { bytes } = statement;
    if (!bytes) return false;
    this.bytes = bytes;
    this.upsert = false;
    let query = 0;
    let change = 0;
    const last = bytes.length - 1;
    for (let at = headBytes; at < last;) {
      const type = bytes[at] as number;
      const value = this.valueOf(at);
      if (type === BsonType.object && isNamed(bytes, at, value, 'q') && query === 0) query = value;
      else if (type === BsonType.object && isNamed(bytes, at, value, 'u') && change === 0) change = value;
      else if (type === BsonType.boolean && isNamed(bytes, at, value, 'upsert'))
        this.upsert = bytes[value] === 1;
      else if (type !== BsonType.boolean || !isNamed(bytes, at, value, 'multi') || bytes[value] === 1)
        return false;
      at = value + sizeOf(bytes, type, value);
    }
    return query > 0 && change > 0 && this.query.read(bytes, query) && this.readChange(change);
  }

  get insertedId(): Value {
    return this.query.idValue();
  }

  /** False where more must be looked at than bytes tell; nothing is done then. */
  apply(records: Records, collection: CollectionEntry): boolean {
    this.matched = false;
    this.modified = false;
    this.inserted = false;
    const found = this.query.find(records, collection);
    if (found === undefined) return false;
    if (found) return this.replace(records, collection, found.record, found.doc);
    return !this.upsert || this.insert(records, collection);
  }

  private replace(records: Records, collection: CollectionEntry, record: number, before: Doc): boolean {
    const old = before.bytes as Buffer;
    const after = this.withId(old, headBytes, elementEnd(old, headBytes));
    if (!after) return false;
    this.matched = true;
    if (old.equals(after.bytes as Buffer)) return true;
    records.replace(collection, record, before, after);
    this.modified = true;
    return true;
  }

  private insert(records: Records, collection: CollectionEntry): boolean {
    // Two conditions on one field are for the filter to refuse.
    if (this.query.count > 1) return false;
    const fresh = this.withId(this.bytes, this.query.idStart, this.query.idEnd);
    if (!fresh) return false;
    records.insert(collection, fresh);
    this.inserted = true;
    return true;
  }

  /** The document with that id before all else; undefined where it has another, or is too large. */
  private withId(source: Buffer, start: number, end: number): Doc | undefined {
    const { change, changeBytes: bytes, idAt } = this;
    if (bytes.length + end - start > largestDocument) return undefined;
    if (idAt === undefined) return assemble(bytes, source, start, end);
    const own = elementEnd(bytes, idAt);
    if (own - idAt !== end - start || bytes.compare(source, start, end, idAt, own) !== 0) return undefined;
    return idAt === headBytes ? change : assemble(bytes, bytes, idAt, own);
  }

  private readChange(at: number): boolean {
    this.change = Doc.fromBytes(this.bytes, at);
    this.changeBytes = this.change.bytes as Buffer;
    const { dollar, emptyTimestamp, idAt } = marksOf(this.change);
    this.idAt = idAt;
    return !dollar && !emptyTimestamp;
  }

  private valueOf(element: number): number {
    let at = element + 1;
    while (this.bytes[at] !== 0) at++;
    return at + 1;
  }
}

function isNamed(bytes: Buffer, element: number, value: number, name: string): boolean {
  if (value - element !== name.length + 2) return false;
  for (let i = 0; i < name.length; i++) if (bytes[element + 1 + i] !== name.charCodeAt(i)) return false;
  return true;
}
