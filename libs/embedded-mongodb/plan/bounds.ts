import { rankOf } from '../bson/compare.js';
import { isArray } from '../bson/types.js';
import { MaxKey, MinKey, Pattern, type MaybeValue, type Value } from '../bson/values.js';
import { encodeValue, rankByte } from '../keys/encode-value.js';
import type { KeyField } from '../keys/index-keys.js';
import { KeyWriter } from '../keys/key-writer.js';
import type { FieldTest } from '../query/filter.js';

/** A stretch of encoded keys: from `start` on, before `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** Where a test's values lie in one field of an index, before its direction is applied. */
export interface Interval {
  readonly low: Bound;
  readonly high: Bound;
}

/** All keys that begin with the bytes are within (inclusive) or beyond. */
export interface Bound {
  readonly bytes: Buffer;
  readonly inclusive: boolean;
  /** For people to read; undefined where it is the edge of a type. */
  readonly value: MaybeValue;
}

/** Points are intervals of one value. */
export interface FieldBounds {
  readonly points: boolean;
  readonly intervals: readonly Interval[];
  /** Documents without the field may be meant, which a sparse index does not hold. */
  readonly includesMissing: boolean;
}

const writer = new KeyWriter();

export function encodeOne(value: Value): Buffer {
  writer.length = 0;
  encodeValue(writer, value);
  return writer.copy();
}

const inclusive = (bytes: Buffer, value: MaybeValue): Bound => ({ bytes, inclusive: true, value });
function only(bytes: Buffer, value: Value): Interval {
  const bound = inclusive(bytes, value);
  return { low: bound, high: bound };
}
const rankBytes = (rank: number): Buffer => Buffer.from([rankByte(rank)]);

/** Missing is indexed as null, an empty array as undefined; a filter on null means both. */
const nullInterval: Interval = { low: inclusive(rankBytes(0), null), high: inclusive(rankBytes(5), null) };

/** undefined where the test says nothing that an index could use. The filter itself is always checked again on the document. */
export function boundsOf(test: FieldTest): FieldBounds | undefined {
  switch (test.op) {
    case 'eq':
      return pointBounds([test.value]);
    case 'in':
      return test.patterns.length > 0 ? undefined : pointBounds(test.values);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return rangeBounds(test.op, test.value);
    case 'regex':
      return prefixBounds(test.pattern.prefix, test.pattern.source);
    case 'elementValue':
      return test.tests.map(boundsOf).reduce(intersect, undefined);
    case 'not':
      return test.tests.every((inner) => inner.op === 'exists')
        ? { points: false, intervals: [nullInterval], includesMissing: true }
        : undefined;
    default:
      return undefined;
  }
}

function pointBounds(values: readonly Value[]): FieldBounds | undefined {
  const points: Bound[] = [];
  let includesMissing = false;
  for (const value of values) {
    if (value === null) includesMissing = true;
    else {
      const bytes = isArray(value) ? undefined : encodeFitting(value);
      if (!bytes) return undefined;
      points.push(inclusive(bytes, value));
    }
  }
  if (points.length > 1) points.sort((a, b) => a.bytes.compare(b.bytes));
  const intervals = points
    .filter(({ bytes }, i) => i === 0 || !bytes.equals((points[i - 1] as Bound).bytes))
    .map((bound) => ({ low: bound, high: bound }));
  if (!includesMissing) return { points: true, intervals, includesMissing };
  return { points: false, intervals: [...intervals, nullInterval].sort(byLow), includesMissing };
}

const byLow = (a: Interval, b: Interval): number => a.low.bytes.compare(b.low.bytes);

/** A value that is too long is in no index, and nothing equals it that is. */
function encodeFitting(value: Value): Buffer | undefined {
  try {
    return encodeOne(value);
  } catch {
    return undefined;
  }
}

const isTooLong = (value: Value): boolean => encodeFitting(value) === undefined;

function rangeBounds(op: 'lt' | 'lte' | 'gt' | 'gte', value: Value): FieldBounds | undefined {
  if (isArray(value) || value instanceof MinKey || value instanceof MaxKey || isTooLong(value))
    return undefined;
  if (value === null) return { points: false, intervals: [nullInterval], includesMissing: true };
  const bytes = encodeOne(value);
  const rank = inclusive(rankBytes(rankOf(value)), undefined);
  const bound = { bytes, inclusive: op === 'lte' || op === 'gte', value };
  const interval = op === 'lt' || op === 'lte' ? { low: rank, high: bound } : { low: bound, high: rank };
  return { points: false, intervals: [interval], includesMissing: false };
}

function prefixBounds(prefix: string | undefined, source: Pattern): FieldBounds | undefined {
  if (prefix === undefined || isTooLong(prefix)) return undefined;
  const text = encodeOne(prefix);
  // Without the ending, so that everything that goes on from here is within.
  const all = only(text.subarray(0, -1), prefix);
  const texts = { low: all.low, high: { ...all.high, value: following(prefix) } };
  const intervals = [texts, only(encodeOne(source), source)].sort(byLow);
  return { points: false, intervals, includesMissing: false };
}

/** The first text that does not begin with the prefix, as far as showing it goes. */
const following = (prefix: string): MaybeValue =>
  prefix === ''
    ? undefined
    : prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);

/** Of two ranges that hold for one and the same value. */
export function intersect(a: FieldBounds | undefined, b: FieldBounds | undefined): FieldBounds | undefined {
  if (!a || !b) return a ?? b;
  if (a.points) return a;
  if (b.points) return b;
  const [x, y] = [a.intervals[0], b.intervals[0]];
  if (a.intervals.length !== 1 || b.intervals.length !== 1 || !x || !y) return a;
  const low = startOf(x.low).compare(startOf(y.low)) >= 0 ? x.low : y.low;
  const high = endOf(x.high).compare(endOf(y.high)) <= 0 ? x.high : y.high;
  return {
    points: false,
    intervals: [{ low, high }],
    includesMissing: a.includesMissing && b.includesMissing,
  };
}

const startOf = (low: Bound): Buffer => (low.inclusive ? low.bytes : after(low.bytes));
const endOf = (high: Bound): Buffer => (high.inclusive ? after(high.bytes) : high.bytes);

/** The first key that does not begin with the bytes. */
export function after(bytes: Buffer): Buffer {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0xff) length--;
  const next = Buffer.from(bytes.subarray(0, length));
  if (length > 0) next[length - 1] = (next[length - 1] as number) + 1;
  return length > 0 ? next : Buffer.alloc(longestPossible, 0xff);
}

const longestPossible = 1940;

const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte & 0xff));

/** An interval as it lies in a field of an index. */
export function rangeIn(field: KeyField, interval: Interval): KeyRange {
  if (!field.descending) return { start: startOf(interval.low), end: endOf(interval.high) };
  const [low, high] = [inverted(interval.high.bytes), inverted(interval.low.bytes)];
  return {
    start: interval.high.inclusive ? low : after(low),
    end: interval.low.inclusive ? after(high) : high,
  };
}
