import { Decimal } from '../bson/decimal.js';
import { compare } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { kindOf, toDecimal, toNumber, wholePart } from '../bson/numbers.js';
import { isNumeric, nameOfValue, typeByAlias } from '../bson/types.js';
import {
  DateTime,
  double,
  isInt32,
  ObjectIdValue,
  Timestamp,
  type MaybeValue,
  type Value,
} from '../bson/values.js';
import { fail, MongoError } from '../errors.js';
import { isoDate, parseDate } from './date-text.js';
import { isNullish, unary, withNames, type Operator, type Operators } from './operator.js';
import { fromWall } from './time-zone.js';

const failure = (message: string) => new MongoError(241, 'ConversionFailure', message);
const unsupported = (value: Value, target: string) =>
  failure(`Unsupported conversion from ${nameOfValue(value)} to ${target} in $convert with no onError value`);

function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof DateTime) return isoDate(value.ms);
  if (value instanceof ObjectIdValue) return value.hex;
  if (value instanceof Decimal || typeof value === 'bigint') return value.toString();
  if (isNumeric(value)) return String(toNumber(value));
  throw unsupported(value, 'string');
}

function toDouble(value: Value): Value {
  if (typeof value === 'string') {
    const number = Number(value);
    const wellFormed =
      /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) || /^[+-]?(inf(inity)?|nan)$/i.test(value);
    if (!wellFormed) throw failure(`Failed to parse number '${value}' in $convert with no onError value`);
    return double(
      Number.isNaN(number)
        ? /nan/i.test(value)
          ? NaN
          : value.startsWith('-')
            ? -Infinity
            : Infinity
        : number,
    );
  }
  if (typeof value === 'boolean') return double(value ? 1 : 0);
  if (value instanceof DateTime) return double(value.ms);
  if (!isNumeric(value)) throw unsupported(value, 'double');
  const number = toNumber(value);
  if (value instanceof Decimal && value.isFinite && !Number.isFinite(number))
    throw failure('Conversion would overflow target type in $convert');
  return double(number);
}

function toWhole(value: Value, target: 'int' | 'long'): bigint {
  if (typeof value === 'string') {
    if (!/^[+-]?\d{1,30}$/.test(value))
      throw failure(`Failed to parse number '${value}' in $convert with no onError value`);
    return BigInt(value);
  }
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof DateTime && target === 'long') return BigInt(value.ms);
  if (!isNumeric(value)) throw unsupported(value, target);
  const whole = wholePart(value);
  if (whole === undefined)
    throw failure(`Conversion would overflow target type in $convert with no onError value`);
  return whole;
}

function toInt(value: Value): number {
  const whole = toWhole(value, 'int');
  if (!isInt32(Number(whole)))
    throw failure('Conversion would overflow target type in $convert with no onError value');
  return Number(whole);
}

function toLong(value: Value): bigint {
  const whole = toWhole(value, 'long');
  if (BigInt.asIntN(64, whole) !== whole)
    throw failure('Conversion would overflow target type in $convert with no onError value');
  return whole;
}

function toDecimalValue(value: Value): Decimal {
  if (typeof value === 'string') {
    const decimal = Decimal.parse(value);
    if (!decimal) throw failure(`Failed to parse number '${value}' in $convert with no onError value`);
    return decimal;
  }
  if (typeof value === 'boolean') return Decimal.of(value ? 1n : 0n);
  if (value instanceof DateTime) return Decimal.of(BigInt(value.ms));
  if (!isNumeric(value)) throw unsupported(value, 'decimal');
  return toDecimal(value);
}

function toDate(value: Value): DateTime {
  if (value instanceof DateTime) return value;
  if (value instanceof ObjectIdValue) return new DateTime(value.milliseconds);
  if (value instanceof Timestamp) return new DateTime(Number(value.value >> 32n) * 1000);
  if (typeof value === 'string') {
    const parsed = parseDate(value, undefined);
    if (!parsed) throw failure(`Error parsing date string '${value}'`);
    return new DateTime(fromWall(parsed.zone, parsed.wall));
  }
  if (isNumeric(value) && kindOf(value) !== 'int') {
    const whole = wholePart(value);
    if (whole === undefined || !Number.isSafeInteger(Number(whole)))
      throw failure('Conversion would overflow target type in $convert');
    return new DateTime(Number(whole));
  }
  throw unsupported(value, 'date');
}

function toObjectId(value: Value): ObjectIdValue {
  if (value instanceof ObjectIdValue) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return ObjectIdValue.fromHex(value);
  if (typeof value === 'string')
    throw failure(`Failed to parse objectId '${value}' in $convert with no onError value`);
  throw unsupported(value, 'objectId');
}

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  return !isNumeric(value) || compare(value, 0) !== 0;
}

const conversions: Readonly<Record<number, (value: Value) => Value>> = {
  1: toDouble,
  2: toText,
  7: toObjectId,
  8: toBoolean,
  9: toDate,
  16: toInt,
  18: toLong,
  19: toDecimalValue,
};

const to = (type: number): Operator =>
  unary((value) => (isNullish(value) ? null : (conversions[type] as (value: Value) => Value)(value)));

function targetType(value: MaybeValue): number {
  const given = value instanceof Doc ? value.get('type') : value;
  const type =
    typeof given === 'string' ? typeByAlias(given) : isNumeric(given) ? toNumber(given) : undefined;
  if (type === undefined || !conversions[type])
    throw fail('BadValue', `Unknown type name or code in $convert's 'to': ${nameOfValue(given)}`);
  return type;
}

const convert: Operator = withNames(
  ['input', 'to', 'onError', 'onNull'],
  ['input', 'to'],
  (args) => (frame) => {
    const value = args['input']?.(frame);
    const target = args['to']?.(frame);
    if (isNullish(value)) return args['onNull'] ? args['onNull'](frame) : null;
    if (isNullish(target)) return null;
    const apply = conversions[targetType(target)] as (value: Value) => Value;
    try {
      return apply(value);
    } catch (error) {
      if (args['onError'] && error instanceof MongoError && error.code === 241) return args['onError'](frame);
      throw error;
    }
  },
);

export const conversionOperators: Operators = {
  $convert: convert,
  $toDouble: to(1),
  $toString: to(2),
  $toObjectId: to(7),
  $toBool: to(8),
  $toDate: to(9),
  $toInt: to(16),
  $toLong: to(18),
  $toDecimal: to(19),
};
