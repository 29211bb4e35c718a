import { compare, rankOf } from '../bson/compare.js';
import { Decimal } from '../bson/decimal.js';
import { Doc } from '../bson/doc.js';
import { wholePart } from '../bson/numbers.js';
import { BsonType } from '../bson/bson-type.js';
import { isArray, isNumeric, typeOf } from '../bson/types.js';
import { Bytes, Double, MaxKey, MinKey, Undefined, type MaybeValue, type Value } from '../bson/values.js';
import { encodeValue } from '../keys/encode-value.js';
import { KeyWriter } from '../keys/key-writer.js';
import type { Comparison, FieldTest, Filter } from './filter.js';
import { somePath, type Test } from './path.js';
import { matchesPattern } from './pattern.js';

export type Predicate = (doc: Doc) => boolean;

export function compileFilter(filter: Filter): Predicate {
  switch (filter.kind) {
    case 'and': {
      const tests = filter.filters.map(compileFilter);
      if (tests.length === 1) return tests[0] as Predicate;
      return (doc) => tests.every((test) => test(doc));
    }
    case 'or': {
      const tests = filter.filters.map(compileFilter);
      return (doc) => tests.some((test) => test(doc));
    }
    case 'nor': {
      const tests = filter.filters.map(compileFilter);
      return (doc) => !tests.some((test) => test(doc));
    }
    case 'expression':
      return filter.matches;
    case 'constant':
      return () => filter.value;
    case 'field':
      return fieldPredicate(filter.parts, filter.test);
  }
}

function fieldPredicate(parts: readonly string[], test: FieldTest): Predicate {
  if (test.op === 'not') {
    const tests = test.tests.map((inner) => fieldPredicate(parts, inner));
    return (doc) => !tests.every((inner) => inner(doc));
  }
  if (test.op === 'all') {
    const tests = test.tests.map((inner) => fieldPredicate(parts, inner));
    return (doc) => tests.length > 0 && tests.every((inner) => inner(doc));
  }
  const expand = test.op !== 'size' && test.op !== 'elementObject' && test.op !== 'elementValue';
  const matches = compileTest(test);
  if (parts.length > 1) return (doc) => somePath(doc, parts, expand, matches);
  const name = parts[0] as string;
  return (doc) => {
    const value = doc.get(name);
    if (!isArray(value)) return matches(value);
    return (expand && value.some(matches)) || matches(value);
  };
}

/** The test of one value that the path has reached. */
export function compileTest(test: FieldTest): Test {
  switch (test.op) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return comparison(test.op, test.value);
    case 'in':
      return membership(test.values, test.patterns);
    case 'regex':
      return (value) => matchesPattern(test.pattern, value);
    case 'exists':
      return (value) => value !== undefined;
    case 'type':
      return (value) => value !== undefined && test.types.has(typeOf(value));
    case 'mod':
      return (value) => {
        const whole = isNumeric(value) ? wholePart(value) : undefined;
        return whole !== undefined && whole % test.divisor === test.remainder;
      };
    case 'size':
      return (value) => isArray(value) && value.length === test.size;
    case 'bits':
      return (value) => matchesBits(value, test);
    case 'elementObject': {
      const matches = compileFilter(test.filter);
      return (value) =>
        isArray(value) &&
        value.some((item) => (item instanceof Doc ? matches(item) : isArray(item) && matches(asDoc(item))));
    }
    case 'elementValue': {
      const tests = test.tests.map((inner) => elementTest(inner));
      return (value) => isArray(value) && value.some((item) => tests.every((inner) => inner(item)));
    }
    case 'not':
    case 'all':
      return elementTest(test);
  }
}

function elementTest(test: FieldTest): Test {
  if (test.op === 'not') {
    const tests = test.tests.map(elementTest);
    return (value) => !tests.every((inner) => inner(value));
  }
  if (test.op === 'all') {
    const tests = test.tests.map(elementTest);
    return (value) => tests.length > 0 && tests.every((inner) => inner(value));
  }
  return compileTest(test);
}

const asDoc = (items: readonly Value[]): Doc =>
  Doc.fromLists(
    items.map((_, i) => String(i)),
    items,
  );

function comparison(op: Comparison, operand: Value): Test {
  if (op === 'eq') {
    if (operand === null)
      return (value) => value === null || value === undefined || value instanceof Undefined;
    if (typeof operand === 'string') {
      return (value) => value === operand || (typeof value === 'object' && compare(value, operand) === 0);
    }
    return (value) => value !== undefined && compare(value, operand) === 0;
  }
  if (operand === null) {
    return op === 'lt' || op === 'gt'
      ? () => false
      : (value) => value === null || value === undefined || value instanceof Undefined;
  }
  const accepts = accept(op);
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    // A field that is not there lies between the two as well.
    const ofMissing = accepts(operand instanceof MinKey ? 1 : -1);
    return (value) => (value === undefined ? ofMissing : accepts(compare(value, operand)));
  }
  const rank = rankOf(operand);
  const notANumber = isNaNValue(operand);
  return (value) => {
    if (value === undefined || rankOf(value) !== rank) return false;
    if (rank === 10 && (notANumber || isNaNValue(value))) {
      return notANumber && isNaNValue(value) && (op === 'lte' || op === 'gte');
    }
    return accepts(compare(value, operand));
  };
}

function accept(op: Comparison): (order: number) => boolean {
  switch (op) {
    case 'eq':
      return (order) => order === 0;
    case 'lt':
      return (order) => order < 0;
    case 'lte':
      return (order) => order <= 0;
    case 'gt':
      return (order) => order > 0;
    case 'gte':
      return (order) => order >= 0;
  }
}

function isNaNValue(value: Value): boolean {
  return (typeof value === 'number' && Number.isNaN(value)) || (value instanceof Decimal && value.isNaN);
}

const keyWriter = new KeyWriter(20 * 1024 * 1024);

/** Values that encode alike are equal. */
export function canonicalKey(value: MaybeValue): string {
  keyWriter.length = 0;
  encodeValue(keyWriter, value);
  return keyWriter.asText();
}

function membership(values: readonly Value[], patterns: readonly import('./pattern.js').Matcher[]): Test {
  const strings = new Set<Value>(values.filter((value) => typeof value === 'string'));
  const others = values.filter((value) => typeof value !== 'string');
  const keys = new Set(others.map(canonicalKey));
  const hasNull = values.some((value) => value === null);
  return (value) => {
    if (value === undefined || value instanceof Undefined) return hasNull;
    if (typeof value === 'string' ? strings.has(value) : keys.size > 0 && keys.has(canonicalKey(value)))
      return true;
    return patterns.some((pattern) => matchesPattern(pattern, value));
  };
}

function matchesBits(value: MaybeValue, { mode, mask }: Extract<FieldTest, { op: 'bits' }>): boolean {
  let bits: bigint | undefined;
  if (value instanceof Bytes && typeOf(value) === BsonType.binary) bits = littleEndian(value.data);
  else if (isNumeric(value)) bits = exactLong(value);
  if (bits === undefined) return false;
  const set = bits & mask;
  switch (mode) {
    case 'allSet':
      return set === mask;
    case 'allClear':
      return set === 0n;
    case 'anySet':
      return set !== 0n;
    case 'anyClear':
      return set !== mask;
  }
}

export const littleEndian = (data: Buffer): bigint =>
  data.length === 0 ? 0n : BigInt(`0x${Buffer.from(data).reverse().toString('hex')}`);

function exactLong(value: number | bigint | Double | Decimal): bigint | undefined {
  const whole = wholePart(value);
  return whole !== undefined && compare(whole, value) === 0 ? whole : undefined;
}
