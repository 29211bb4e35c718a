import { InvalidBsonError } from './errors.js';
import { BsonType } from './bson-type.js';
import { readMoment } from './read.js';

/** MongoDB's own limit. */
const deepest = 200;

/**
 * Walks a document that a stranger sent: after this, reading it can't leave its bytes, nor meet what it knows no value for.
 * @returns the offset after it
 * @throws InvalidBsonError
 */
export function validateDocument(buffer: Buffer, start: number, limit: number, depth = 0): number {
  if (depth > deepest) throw new InvalidBsonError(`Nested more than ${deepest} levels deep`);
  if (limit - start < 5) throw new InvalidBsonError('BSON object is cut short');
  const size = buffer.readInt32LE(start);
  if (size < 5 || size > limit - start) throw new InvalidBsonError(`Invalid BSON object length ${size}`);
  const end = start + size - 1;
  if (buffer[end] !== 0) throw new InvalidBsonError('BSON object not terminated with EOO');
  let at = start + 4;
  while (at < end) {
    const type = buffer[at] as number;
    if (type === 0) throw new InvalidBsonError('BSON object ends before its length');
    const value = cstringAfter(buffer, at + 1, end);
    at = valueAfter(buffer, type, value, end, depth);
  }
  return end + 1;
}

function cstringAfter(buffer: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && buffer[at] !== 0) at++;
  if (at >= end) throw new InvalidBsonError('Unterminated name in BSON object');
  return at + 1;
}

function within(at: number, end: number): number {
  if (at > end) throw new InvalidBsonError('BSON value reaches over the end of its object');
  return at;
}

function stringAfter(buffer: Buffer, at: number, end: number): number {
  within(at + 5, end);
  const length = buffer.readInt32LE(at);
  if (length < 1 || length > end - at - 4 || buffer[at + 3 + length] !== 0) {
    throw new InvalidBsonError(`Invalid BSON string length ${length}`);
  }
  return at + 4 + length;
}

function valueAfter(buffer: Buffer, type: number, at: number, end: number, depth: number): number {
  switch (type) {
    case BsonType.date:
      within(at + 8, end);
      readMoment(buffer, at);
      return at + 8;
    case BsonType.double:
    case BsonType.timestamp:
    case BsonType.int64:
      return within(at + 8, end);
    case BsonType.int32:
      return within(at + 4, end);
    case BsonType.decimal:
      return within(at + 16, end);
    case BsonType.objectId:
      return within(at + 12, end);
    case BsonType.boolean:
      within(at + 1, end);
      if ((buffer[at] as number) > 1) throw new InvalidBsonError('A BSON boolean must be 0 or 1');
      return at + 1;
    case BsonType.null:
    case BsonType.undefined:
    case BsonType.minKey:
    case BsonType.maxKey:
      return at;
    case BsonType.string:
    case BsonType.code:
    case BsonType.symbol:
      return stringAfter(buffer, at, end);
    case BsonType.object:
    case BsonType.array:
      return validateDocument(buffer, at, end, depth + 1);
    case BsonType.binary: {
      within(at + 5, end);
      const length = buffer.readInt32LE(at);
      if (length < 0) throw new InvalidBsonError(`Invalid BSON binary length ${length}`);
      return within(at + 5 + length, end);
    }
    case BsonType.regex:
      return cstringAfter(buffer, cstringAfter(buffer, at, end), end);
    case BsonType.dbPointer:
      return within(stringAfter(buffer, at, end) + 12, end);
    case BsonType.codeWithScope: {
      within(at + 4, end);
      const after = at + buffer.readInt32LE(at);
      if (validateDocument(buffer, stringAfter(buffer, at + 4, end), end, depth + 1) !== after) {
        throw new InvalidBsonError('Invalid BSON code with scope');
      }
      return after;
    }
    default:
      throw new InvalidBsonError(`Unrecognized BSON type ${type}`);
  }
}
