import { Decimal } from './decimal.js';
import { InvalidBsonError } from './errors.js';
import { BsonType } from './bson-type.js';
import {
  Bytes,
  Code,
  DateTime,
  DbPointer,
  Doc,
  double,
  MaxKey,
  MinKey,
  ObjectIdValue,
  Pattern,
  SymbolValue,
  Timestamp,
  Undefined,
  type MaybeValue,
  type Value,
} from './values.js';

/** Reads the bytes of validated documents (see validateDocument); only ever called on those. */

/** Field names repeat from document to document; a small table spares making the same string again and again. */
const nameTable = new Array<string | undefined>(4096);
const longestTabledName = 24;

export function nameAt(buffer: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > longestTabledName) return buffer.toString('utf8', start, end);
  let hash = length;
  for (let i = start; i < end; i++) hash = (hash * 31 + (buffer[i] as number)) | 0;
  const slot = hash & 4095;
  const known = nameTable[slot];
  if (known?.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === buffer[start + i]) i++;
    if (i === length) return known;
  }
  const name = buffer.toString('utf8', start, end);
  // Only a name of ASCII alone can be compared with bytes as above.
  if (name.length === length) nameTable[slot] = name;
  return name;
}

export function readDocument(buffer: Buffer, start: number, names: string[], values: Value[]): void {
  const end = start + buffer.readInt32LE(start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = buffer[at] as number;
    let nameEnd = at + 1;
    while (buffer[nameEnd] !== 0) nameEnd++;
    names.push(nameAt(buffer, at + 1, nameEnd));
    values.push(readValue(buffer, type, nameEnd + 1));
    at = nameEnd + 1 + sizeOf(buffer, type, nameEnd + 1);
  }
}

function readArray(buffer: Buffer, start: number): Value[] {
  const values: Value[] = [];
  const end = start + buffer.readInt32LE(start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = buffer[at] as number;
    at++;
    while (buffer[at] !== 0) at++;
    values.push(readValue(buffer, type, at + 1));
    at += 1 + sizeOf(buffer, type, at + 1);
  }
  return values;
}

/** How many characters stand in the bytes as they are; none beyond ASCII does, though a first byte may look like one (Ã). */
function asciiMatch(buffer: Buffer, at: number, name: string): number {
  let matched = 0;
  for (; matched < name.length; matched++) {
    const code = name.charCodeAt(matched);
    if (code > 127 || buffer[at + matched] !== code) return matched;
  }
  return matched;
}

/** One field without decoding the others. */
export function findElement(buffer: Buffer, start: number, name: string): MaybeValue {
  const end = start + buffer.readInt32LE(start) - 1;
  const { length } = name;
  let at = start + 4;
  while (at < end) {
    const type = buffer[at] as number;
    at++;
    const matched = asciiMatch(buffer, at, name);
    if (matched === length && buffer[at + length] === 0) return readValue(buffer, type, at + length + 1);
    let nameEnd = at + matched;
    // Names with characters beyond ASCII never match byte by byte.
    while (buffer[nameEnd] !== 0) nameEnd++;
    if (matched < length && name.charCodeAt(matched) > 127 && nameAt(buffer, at, nameEnd) === name) {
      return readValue(buffer, type, nameEnd + 1);
    }
    at = nameEnd + 1 + sizeOf(buffer, type, nameEnd + 1);
  }
  return undefined;
}

export function readString(buffer: Buffer, at: number): string {
  const length = buffer.readInt32LE(at) - 1;
  const start = at + 4;
  if (length < 16) {
    let text = '';
    for (let i = start; i < start + length; i++) {
      const byte = buffer[i] as number;
      if (byte > 127) return buffer.toString('utf8', start, start + length);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return buffer.toString('utf8', start, start + length);
}

const safeDate = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Milliseconds since the epoch.
 * @throws InvalidBsonError where the moment is too far away
 */
export function readMoment(buffer: Buffer, at: number): number {
  const ms = buffer.readInt32LE(at + 4) * 4294967296 + buffer.readUInt32LE(at);
  if (Number.isSafeInteger(ms)) return ms;
  const exact = buffer.readBigInt64LE(at);
  throw new InvalidBsonError(
    `Date ${exact} is further from the epoch than ${safeDate} ms, which this server does not support`,
  );
}

function cstringEnd(buffer: Buffer, at: number): number {
  let end = at;
  while (buffer[end] !== 0) end++;
  return end;
}

export function readValue(buffer: Buffer, type: number, at: number): Value {
  switch (type) {
    case BsonType.double:
      return double(buffer.readDoubleLE(at));
    case BsonType.string:
      return readString(buffer, at);
    case BsonType.object:
      return Doc.fromBytes(buffer, at);
    case BsonType.array:
      return readArray(buffer, at);
    case BsonType.binary:
      return readBinary(buffer, at);
    case BsonType.undefined:
      return Undefined.instance;
    case BsonType.objectId:
      return new ObjectIdValue(buffer.toString('latin1', at, at + 12));
    case BsonType.boolean:
      return buffer[at] === 1;
    case BsonType.date:
      return new DateTime(readMoment(buffer, at));
    case BsonType.null:
      return null;
    case BsonType.regex: {
      const end = cstringEnd(buffer, at);
      return new Pattern(
        buffer.toString('utf8', at, end),
        buffer.toString('utf8', end + 1, cstringEnd(buffer, end + 1)),
      );
    }
    case BsonType.dbPointer: {
      const namespace = readString(buffer, at);
      const id = at + 4 + buffer.readInt32LE(at);
      return new DbPointer(namespace, new ObjectIdValue(buffer.toString('latin1', id, id + 12)));
    }
    case BsonType.code:
      return new Code(readString(buffer, at));
    case BsonType.symbol:
      return new SymbolValue(readString(buffer, at));
    case BsonType.codeWithScope: {
      const source = readString(buffer, at + 4);
      return new Code(source, Doc.fromBytes(buffer, at + 8 + buffer.readInt32LE(at + 4)));
    }
    case BsonType.int32:
      return buffer.readInt32LE(at);
    case BsonType.timestamp:
      return new Timestamp(buffer.readBigUInt64LE(at));
    case BsonType.int64:
      return buffer.readBigInt64LE(at);
    case BsonType.decimal:
      return Decimal.read(buffer, at);
    case BsonType.minKey:
      return MinKey.instance;
    case BsonType.maxKey:
      return MaxKey.instance;
    default:
      throw new InvalidBsonError(`Unrecognized BSON type ${type}`);
  }
}

/** Subtype 2 repeats its length inside. */
function readBinary(buffer: Buffer, at: number): Bytes {
  const length = buffer.readInt32LE(at);
  return new Bytes(buffer[at + 4] as number, buffer.subarray(at + 5, at + 5 + length));
}

/** Bytes that a value of the type takes at this place. */
export function sizeOf(buffer: Buffer, type: number, at: number): number {
  switch (type) {
    case BsonType.double:
    case BsonType.date:
    case BsonType.timestamp:
    case BsonType.int64:
      return 8;
    case BsonType.string:
    case BsonType.code:
    case BsonType.symbol:
      return 4 + buffer.readInt32LE(at);
    case BsonType.object:
    case BsonType.array:
    case BsonType.codeWithScope:
      return buffer.readInt32LE(at);
    case BsonType.binary:
      return 5 + buffer.readInt32LE(at);
    case BsonType.undefined:
    case BsonType.null:
    case BsonType.minKey:
    case BsonType.maxKey:
      return 0;
    case BsonType.objectId:
      return 12;
    case BsonType.boolean:
      return 1;
    case BsonType.regex:
      return cstringEnd(buffer, cstringEnd(buffer, at) + 1) + 1 - at;
    case BsonType.dbPointer:
      return 16 + buffer.readInt32LE(at);
    case BsonType.int32:
      return 4;
    case BsonType.decimal:
      return 16;
    default:
      throw new InvalidBsonError(`Unrecognized BSON type ${type}`);
  }
}
