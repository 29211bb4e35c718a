import { compareExactly, rankOf, type Numeric } from '../bson/compare.js';
import { Decimal } from '../bson/decimal.js';
import type { Doc } from '../bson/doc.js';
import {
  Double,
  SymbolValue,
  type Bytes,
  codeOf,
  type DateTime,
  type DbPointer,
  type MaybeValue,
  type ObjectIdValue,
  type Pattern,
  type Timestamp,
  type Value,
} from '../bson/values.js';
import type { KeyWriter } from './key-writer.js';

/**
 * Bytes whose order is the order of the values (bson/compare.ts), equal exactly where the values are equal.
 * The first byte is the rank of the type; what follows never begins another value's bytes of the same rank.
 */
export function encodeValue(key: KeyWriter, value: MaybeValue): void {
  const rank = rankOf(value);
  key.byte(rankByte(rank));
  encodeBody(key, value as Value, rank);
}

/** Ranks begin at -1; 00 stays free as the end of arrays and objects. */
export const rankByte = (rank: number): number => rank + 2;

/** A BSON string as encodeValue would, from its bytes; false, and nothing done, where it is more than plain ASCII. */
export function encodeText(key: KeyWriter, buffer: Buffer, at: number): boolean {
  const start = key.length;
  key.byte(rankByte(15));
  if (key.ascii(buffer, at + 4, at + 3 + buffer.readInt32LE(at))) return true;
  key.length = start;
  return false;
}

function encodeBody(key: KeyWriter, value: Value, rank: number): void {
  switch (rank) {
    case 10:
      encodeNumber(key, value as Numeric);
      return;
    case 15:
      key.text(value instanceof SymbolValue ? value.name : (value as string));
      return;
    case 20:
      encodeDoc(key, value as Doc);
      return;
    case 25:
      for (const item of value as readonly Value[]) encodeValue(key, item);
      key.byte(0);
      return;
    case 30: {
      const { data, subtype } = value as Bytes;
      key.uint32(data.length);
      key.byte(subtype);
      key.bytes(data);
      return;
    }
    case 35:
      key.latin1((value as ObjectIdValue).bytes);
      return;
    case 40:
      key.byte(value === true ? 1 : 0);
      return;
    case 45:
      key.integer((value as DateTime).ms);
      return;
    case 47:
      key.uint64((value as Timestamp).value);
      return;
    case 50:
      key.text((value as Pattern).source);
      key.text((value as Pattern).options);
      return;
    case 55:
      key.text((value as DbPointer).namespace);
      key.latin1((value as DbPointer).id.bytes);
      return;
    case 60:
      key.text(codeOf(value).source);
      return;
    case 65:
      key.text(codeOf(value).source);
      encodeDoc(key, codeOf(value).scope as Doc);
      return;
    default:
    // Minimum, maximum, null and missing have nothing but their rank.
  }
}

/** As documents compare: by the field's rank, then its name, then its value. */
function encodeDoc(key: KeyWriter, doc: Doc): void {
  const { keys, values } = doc;
  for (let i = 0; i < keys.length; i++) {
    const value = values[i] as Value;
    const rank = rankOf(value);
    key.byte(rankByte(rank));
    key.text(keys[i] as string);
    encodeBody(key, value, rank);
  }
  key.byte(0);
}

/**
 * The largest double not above the number, in an order-preserving form, then 00 if that is the number itself, else 01 and the
 * number's decimal digits: they only decide among numbers between two neighbouring doubles.
 */
function encodeNumber(key: KeyWriter, numeric: Numeric): void {
  const value = numeric instanceof Double ? numeric.value : numeric;
  if (typeof value === 'number') {
    encodeDouble(key, value);
    key.byte(0);
    return;
  }
  if (value instanceof Decimal && !value.isFinite) {
    encodeDouble(key, value.toNumber());
    key.byte(0);
    return;
  }
  let floor = typeof value === 'bigint' ? Number(value) : value.toNumber();
  const order = Number.isFinite(floor) ? compareExactly(floor, value) : Math.sign(floor);
  if (order > 0) floor = below(floor);
  encodeDouble(key, floor);
  if (order === 0) key.byte(0);
  else encodeDigits(key, value);
}

function encodeDouble(key: KeyWriter, value: number): void {
  if (Number.isNaN(value)) {
    key.uint64(0n);
    return;
  }
  const start = key.length;
  // -0 equals 0 and must encode alike.
  key.double(value === 0 ? 0 : value);
  if (value < 0) key.invertFrom(start);
  else key.buffer[start] = (key.buffer[start] as number) | 0x80;
}

const bits = new DataView(new ArrayBuffer(8));

/** The next double towards minus infinity. */
function below(value: number): number {
  if (value === Infinity) return Number.MAX_VALUE;
  if (value === 0) return -Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}

function encodeDigits(key: KeyWriter, value: bigint | Decimal): void {
  key.byte(1);
  const start = key.length;
  const [coefficient, exponent] = value instanceof Decimal ? [value.signed, value.exponent] : [value, 0];
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString().replace(/0+$/, '');
  const length = (negative ? -coefficient : coefficient).toString().length;
  // Scientific: exponent of the first digit, then the digits.
  key.uint32(length + exponent + 0x10000);
  key.latin1(digits);
  key.byte(0);
  if (negative) key.invertFrom(start);
}
