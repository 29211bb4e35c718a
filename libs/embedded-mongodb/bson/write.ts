import { fail } from '../errors.js';
import { Decimal } from './decimal.js';
import { Doc } from './doc.js';
import { BsonType } from './bson-type.js';
import { typeOf } from './types.js';
import {
  Bytes,
  Code,
  DateTime,
  DbPointer,
  Double,
  ObjectIdValue,
  Pattern,
  SymbolValue,
  Timestamp,
  type Value,
} from './values.js';

export const largestDocument = 16 * 1024 * 1024;

/** Writes documents one after another into a buffer that grows. */
export class BsonWriter {
  buffer = Buffer.allocUnsafe(1024);
  length = 0;

  reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }

  document(doc: Doc): void {
    const { bytes } = doc;
    if (bytes) {
      this.reserve(bytes.length);
      bytes.copy(this.buffer, this.length);
      this.length += bytes.length;
      return;
    }
    const start = this.begin();
    const { keys, values } = doc;
    for (let i = 0; i < keys.length; i++) this.element(keys[i] as string, values[i] as Value);
    this.end(start);
  }

  /** Opens a document or array; give its result to `end`. */
  begin(): number {
    this.reserve(5);
    const start = this.length;
    this.length += 4;
    return start;
  }

  end(start: number): void {
    this.reserve(1);
    this.buffer[this.length++] = 0;
    this.buffer.writeInt32LE(this.length - start, start);
  }

  element(name: string, value: Value): void {
    const type = typeOf(value);
    this.header(type, name);
    this.value(value);
  }

  header(type: number, name: string): void {
    this.reserve(1);
    this.buffer[this.length++] = type;
    this.cstring(name);
  }

  private value(value: Value): void {
    this.reserve(16);
    switch (typeof value) {
      case 'number':
        if (typeOf(value) === BsonType.int32) this.length = this.buffer.writeInt32LE(value, this.length);
        else this.length = this.buffer.writeDoubleLE(value, this.length);
        return;
      case 'string':
        this.string(value);
        return;
      case 'boolean':
        this.buffer[this.length++] = value ? 1 : 0;
        return;
      case 'bigint':
        this.length = this.buffer.writeBigInt64LE(value, this.length);
        return;
      default:
        if (value !== null) this.object(value);
    }
  }

  private object(value: Exclude<Value, null | number | string | boolean | bigint>): void {
    if (value instanceof Doc) this.document(value);
    else if (Array.isArray(value)) this.array(value as readonly Value[]);
    else if (value instanceof DateTime)
      this.length = this.buffer.writeBigInt64LE(BigInt(value.ms), this.length);
    else if (value instanceof Double) this.length = this.buffer.writeDoubleLE(value.value, this.length);
    else if (value instanceof ObjectIdValue)
      this.length += this.buffer.write(value.bytes, this.length, 'latin1');
    else if (value instanceof Decimal) this.length = value.write(this.buffer, this.length);
    else if (value instanceof Bytes) this.binary(value);
    else if (value instanceof Timestamp) this.length = this.buffer.writeBigUInt64LE(value.value, this.length);
    else if (value instanceof Pattern) {
      this.cstring(value.source);
      this.cstring(value.options);
    } else if (value instanceof Code) this.code(value);
    else if (value instanceof SymbolValue) this.string(value.name);
    else if (value instanceof DbPointer) {
      this.string(value.namespace);
      this.reserve(12);
      this.length += this.buffer.write(value.id.bytes, this.length, 'latin1');
    }
    // MinKey, MaxKey and undefined have a type and no bytes.
  }

  private array(values: readonly Value[]): void {
    const start = this.begin();
    for (let i = 0; i < values.length; i++) this.element(String(i), values[i] as Value);
    this.end(start);
  }

  private code(code: Code): void {
    if (!code.scope) {
      this.string(code.source);
      return;
    }
    const start = this.length;
    this.length += 4;
    this.string(code.source);
    this.document(code.scope);
    this.buffer.writeInt32LE(this.length - start, start);
  }

  private binary({ subtype, data }: Bytes): void {
    this.reserve(5 + data.length);
    this.length = this.buffer.writeInt32LE(data.length, this.length);
    this.buffer[this.length++] = subtype;
    data.copy(this.buffer, this.length);
    this.length += data.length;
  }

  private string(text: string): void {
    this.reserve(5 + text.length * 3);
    const written = this.buffer.write(text, this.length + 4, 'utf8');
    this.buffer.writeInt32LE(written + 1, this.length);
    this.length += 4 + written;
    this.buffer[this.length++] = 0;
  }

  private cstring(text: string): void {
    if (text.includes('\0')) throw fail('BadValue', 'A field name or pattern must not hold a null byte');
    this.reserve(1 + text.length * 3);
    if (text.length < 16 && this.ascii(text)) return;
    this.length += this.buffer.write(text, this.length, 'utf8');
    this.buffer[this.length++] = 0;
  }

  /** A call into the runtime costs more than a short loop. */
  private ascii(text: string): boolean {
    let at = this.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      this.buffer[at++] = code;
    }
    this.buffer[at++] = 0;
    this.length = at;
    return true;
  }
}

const shared = new BsonWriter();

/** @returns bytes of their own, not shared with the document's. */
export function encode(doc: Doc): Buffer {
  shared.length = 0;
  shared.document(doc);
  const bytes = Buffer.allocUnsafe(shared.length);
  shared.buffer.copy(bytes, 0, 0, shared.length);
  // One huge document must not leave its buffer behind.
  if (shared.buffer.length > 1 << 20) shared.buffer = Buffer.allocUnsafe(1024);
  return bytes;
}

/** The encoded document; too large is an error. */
export function encodeStored(doc: Doc): Buffer {
  const bytes = doc.bytes ?? encode(doc);
  if (bytes.length > largestDocument) {
    throw fail(
      'BSONObjectTooLarge',
      `BSONObj size: ${bytes.length} (0x${bytes.length.toString(16).toUpperCase()}) is invalid. Size must be between 0 and ${largestDocument}(16MB)`,
    );
  }
  return bytes;
}

/** A document that keeps no foreign buffer alive. */
export const detach = (doc: Doc): Doc => Doc.fromBytes(encode(doc));

/** A document together with its encoded form, which it is asked for more than once. */
export const encoded = (doc: Doc): Doc => (doc.bytes ? doc : detach(doc));
