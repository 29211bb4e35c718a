import { BsonType } from './bson-type.js';
import { Decimal } from './decimal.js';
import { Doc } from './doc.js';
import {
  Bytes,
  Code,
  DateTime,
  DbPointer,
  Double,
  isInt32,
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

export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'number':
      return isInt32(value) ? BsonType.int32 : BsonType.double;
    case 'string':
      return BsonType.string;
    case 'boolean':
      return BsonType.boolean;
    case 'bigint':
      return BsonType.int64;
    default:
      return typeOfObject(value);
  }
}

function typeOfObject(value: Exclude<Value, number | string | boolean | bigint>): number {
  if (value === null) return BsonType.null;
  if (value instanceof Doc) return BsonType.object;
  if (value instanceof DateTime) return BsonType.date;
  if (value instanceof Double) return BsonType.double;
  if (value instanceof ObjectIdValue) return BsonType.objectId;
  if (value instanceof Decimal) return BsonType.decimal;
  if (value instanceof Bytes) return BsonType.binary;
  if (value instanceof Timestamp) return BsonType.timestamp;
  if (value instanceof Pattern) return BsonType.regex;
  if (value instanceof Code) return value.scope ? BsonType.codeWithScope : BsonType.code;
  if (value instanceof SymbolValue) return BsonType.symbol;
  if (value instanceof DbPointer) return BsonType.dbPointer;
  if (value instanceof Undefined) return BsonType.undefined;
  if (value instanceof MinKey) return BsonType.minKey;
  if (value instanceof MaxKey) return BsonType.maxKey;
  return BsonType.array;
}

export const isArray = (value: MaybeValue): value is readonly Value[] => Array.isArray(value);

export const isNumeric = (value: MaybeValue): value is number | bigint | Double | Decimal =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Double ||
  value instanceof Decimal;

const aliases: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
};

const namesByType = new Map(Object.entries(aliases).map(([name, type]) => [type, name]));

export const typeName = (type: number): string => namesByType.get(type) ?? 'unknown';
export const typeByAlias = (alias: string): number | undefined =>
  Object.hasOwn(aliases, alias) ? aliases[alias] : undefined;
export const isKnownType = (type: number): boolean => namesByType.has(type);

/** What `$type` says of it as an expression. */
export const nameOfValue = (value: MaybeValue): string =>
  value === undefined ? 'missing' : typeName(typeOf(value));
