import { Decimal, pow10 } from './decimal.js';
import { Doc } from './doc.js';
import { BsonType } from './bson-type.js';
import { typeOf } from './types.js';
import {
  Bytes,
  codeOf,
  DateTime,
  DbPointer,
  Double,
  ObjectIdValue,
  Pattern,
  SymbolValue,
  Timestamp,
  type MaybeValue,
  type Value,
} from './values.js';

/** The order of types, from the manual's "Comparison/Sort Order"; missing comes before null. */
const rankByType: Readonly<Record<number, number>> = {
  [BsonType.minKey]: -1,
  [BsonType.undefined]: 0,
  [BsonType.null]: 5,
  [BsonType.double]: 10,
  [BsonType.int32]: 10,
  [BsonType.int64]: 10,
  [BsonType.decimal]: 10,
  [BsonType.string]: 15,
  [BsonType.symbol]: 15,
  [BsonType.object]: 20,
  [BsonType.array]: 25,
  [BsonType.binary]: 30,
  [BsonType.objectId]: 35,
  [BsonType.boolean]: 40,
  [BsonType.date]: 45,
  [BsonType.timestamp]: 47,
  [BsonType.regex]: 50,
  [BsonType.dbPointer]: 55,
  [BsonType.code]: 60,
  [BsonType.codeWithScope]: 65,
  [BsonType.maxKey]: 127,
};

/** Types of one rank compare with each other by value. */
export const rankOf = (value: MaybeValue): number =>
  value === undefined ? 0 : (rankByType[typeOf(value)] as number);

/** MongoDB's total order over all values; negative, zero or positive. */
export function compare(a: MaybeValue, b: MaybeValue): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof DateTime && b instanceof DateTime) return a.ms - b.ms;
  const rank = rankOf(a);
  const other = rankOf(b);
  return rank === other ? compareSameRank(a as Value, b as Value, rank) : rank - other;
}

export const equal = (a: MaybeValue, b: MaybeValue): boolean => compare(a, b) === 0;

function compareSameRank(a: Value, b: Value, rank: number): number {
  switch (rank) {
    case 10:
      return compareNumbers(a as Numeric, b as Numeric);
    case 15:
      return compareStrings(textOf(a), textOf(b));
    case 20:
      return compareDocs(a as Doc, b as Doc);
    case 25:
      return compareArrays(a as readonly Value[], b as readonly Value[]);
    case 30:
      return compareBytes(a as Bytes, b as Bytes);
    case 35:
      return compareText((a as ObjectIdValue).bytes, (b as ObjectIdValue).bytes);
    case 40:
      return Number(a) - Number(b);
    case 45:
      return (a as DateTime).ms - (b as DateTime).ms;
    case 47:
      return compareBig((a as Timestamp).value, (b as Timestamp).value);
    case 50: {
      const [x, y] = [a as Pattern, b as Pattern];
      return compareStrings(x.source, y.source) || compareStrings(x.options, y.options);
    }
    case 55: {
      const [x, y] = [a as DbPointer, b as DbPointer];
      return compareStrings(x.namespace, y.namespace) || compareText(x.id.bytes, y.id.bytes);
    }
    case 60:
    case 65: {
      const [x, y] = [codeOf(a), codeOf(b)];
      return compareStrings(x.source, y.source) || compareDocs(x.scope ?? Doc.empty, y.scope ?? Doc.empty);
    }
    default:
      return 0;
  }
}

const textOf = (value: Value): string => (value instanceof SymbolValue ? value.name : (value as string));
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** By the bytes of UTF-8, that is by code points; JavaScript's own order is by UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for the characters above all others.
    return (x >= 0xd800 && x < 0xe000 ? x + 0x10000 : x) - (y >= 0xd800 && y < 0xe000 ? y + 0x10000 : y);
  }
  return a.length - b.length;
}

function compareDocs(a: Doc, b: Doc): number {
  const length = Math.min(a.size, b.size);
  for (let i = 0; i < length; i++) {
    const x = a.values[i] as Value;
    const y = b.values[i] as Value;
    const rank = rankOf(x) - rankOf(y);
    if (rank !== 0) return rank;
    const order = compareStrings(a.keys[i] as string, b.keys[i] as string) || compare(x, y);
    if (order !== 0) return order;
  }
  return a.size - b.size;
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBytes(a: Bytes, b: Bytes): number {
  return a.data.length - b.data.length || a.subtype - b.subtype || a.data.compare(b.data);
}

export type Numeric = number | bigint | Double | Decimal;

/** NaN is below every number and equal to itself. */
function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

function compareNumbers(a: Numeric, b: Numeric): number {
  const x = a instanceof Double ? a.value : a;
  const y = b instanceof Double ? b.value : b;
  if (typeof x === 'number' && typeof y === 'number') return compareDoubles(x, y);
  if (typeof x === 'bigint' && typeof y === 'bigint') return compareBig(x, y);
  const rough = compareDoubles(approximate(x), approximate(y));
  // Rounding to a double keeps the order, so only equals need a closer look.
  return rough !== 0 || !Number.isFinite(approximate(x)) ? exactAtLimits(x, y, rough) : compareExactly(x, y);
}

const approximate = (n: number | bigint | Decimal): number =>
  n instanceof Decimal ? n.toNumber() : Number(n);

/** Decimals beyond the doubles become infinite when rounded. */
function exactAtLimits(x: number | bigint | Decimal, y: number | bigint | Decimal, rough: number): number {
  if (rough !== 0) return rough;
  const finite = (n: number | bigint | Decimal) => n instanceof Decimal && n.isFinite;
  if (!finite(x) && !finite(y)) return 0;
  const sign = approximate(x) < 0 ? -1 : 1;
  if (!finite(x)) return sign;
  if (!finite(y)) return -sign;
  return compareExactly(x, y);
}

/** A finite number as coefficient × 10^tens × 2^twos. */
interface Exact {
  readonly coefficient: bigint;
  readonly tens: number;
  readonly twos: number;
}

const bits = new DataView(new ArrayBuffer(8));

function exactOf(n: number | bigint | Decimal): Exact {
  if (typeof n === 'bigint') return { coefficient: n, tens: 0, twos: 0 };
  if (n instanceof Decimal) return { coefficient: n.signed, tens: n.exponent, twos: 0 };
  bits.setFloat64(0, n);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { coefficient: n < 0 ? -mantissa : mantissa, tens: 0, twos: Math.max(biased, 1) - 1075 };
}

/** Both finite. */
export function compareExactly(x: number | bigint | Decimal, y: number | bigint | Decimal): number {
  const a = exactOf(x);
  const b = exactOf(y);
  if (a.coefficient === 0n || b.coefficient === 0n) return compareBig(a.coefficient, b.coefficient);
  const tens = Math.min(a.tens, b.tens);
  const twos = Math.min(a.twos, b.twos);
  const scaled = (n: Exact) => (n.coefficient * pow10(n.tens - tens)) << BigInt(n.twos - twos);
  return compareBig(scaled(a), scaled(b));
}
