import { compare } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber, wholePart } from '../bson/numbers.js';
import { isArray, isKnownType, isNumeric, typeByAlias } from '../bson/types.js';
import { Bytes, Pattern, Undefined, type MaybeValue, type Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { littleEndian } from './compile-filter.js';
import type { BitMode, Comparison, FieldTest, Filter } from './filter.js';
import { equality, isOperatorObject } from './equality.js';
import { compilePattern, type Matcher } from './pattern.js';

/** Makes the test of `$expr`; given from outside because expressions know filters too. */
export type ExpressionFilter = (expression: Value) => (doc: Doc) => boolean;

/** Operators hold filters in turn; how those are parsed comes from outside. */
export interface OperatorContext {
  readonly options: MaybeValue;
  readonly expression: ExpressionFilter;
  readonly depth: number;
  readonly parseFilter: (query: Doc, expression: ExpressionFilter, depth: number) => Filter;
  readonly parseTests: (value: Value, expression: ExpressionFilter, depth: number) => FieldTest[];
}

const bad = (message: string) => fail('BadValue', message);

export function parseOperator(name: string, operand: Value, context: OperatorContext): FieldTest {
  switch (name) {
    case '$eq':
      if (operand instanceof Pattern) return { op: 'eq', value: operand };
      return equality(operand);
    case '$ne':
      if (operand instanceof Pattern) throw bad("Can't have regex as arg to $ne.");
      return { op: 'not', tests: [equality(operand)] };
    case '$lt':
    case '$lte':
    case '$gt':
    case '$gte':
      if (operand instanceof Pattern) throw bad("Can't have RegEx as arg to predicate over field.");
      if (operand instanceof Undefined) throw bad('cannot compare to undefined');
      return { op: name.slice(1) as Comparison, value: operand };
    case '$in':
      return parseIn('$in', operand);
    case '$nin':
      return { op: 'not', tests: [parseIn('$nin', operand)] };
    case '$not':
      return parseNot(operand, context);
    case '$exists':
      return truthy(operand) ? { op: 'exists' } : { op: 'not', tests: [{ op: 'exists' }] };
    case '$type':
      return { op: 'type', types: parseTypes(operand) };
    case '$regex':
      return parseRegex(operand, context.options);
    case '$mod':
      return parseMod(operand);
    case '$size':
      return { op: 'size', size: parseSize(operand) };
    case '$all':
      return parseAll(operand, context);
    case '$elemMatch':
      return parseElemMatch(operand, context);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return { op: 'bits', mode: bitModes[name], mask: parseMask(name, operand) };
    default:
      throw bad(`unknown operator: ${name}`);
  }
}

const bitModes = {
  $bitsAllSet: 'allSet',
  $bitsAllClear: 'allClear',
  $bitsAnySet: 'anySet',
  $bitsAnyClear: 'anyClear',
} as const satisfies Record<string, BitMode>;

export function truthy(value: MaybeValue): boolean {
  if (value === undefined || value === null || value === false || value instanceof Undefined) return false;
  return !isNumeric(value) || compare(value, 0) !== 0;
}

function parseIn(name: string, operand: Value): FieldTest {
  if (!isArray(operand)) throw bad(`${name} needs an array`);
  const values: Value[] = [];
  const patterns: Matcher[] = [];
  for (const item of operand) {
    if (isOperatorObject(item)) throw bad(`cannot nest $ under ${name}`);
    if (item instanceof Undefined) throw bad('InMatchExpression equality cannot be undefined');
    if (item instanceof Pattern) patterns.push(compilePattern(item));
    else values.push(item);
  }
  return { op: 'in', values, patterns };
}

function parseNot(operand: Value, context: OperatorContext): FieldTest {
  if (operand instanceof Pattern) return { op: 'not', tests: [equality(operand)] };
  if (!(operand instanceof Doc)) throw bad('$not needs a regex or a document');
  if (operand.size === 0) throw bad('$not cannot be empty');
  const [first = ''] = operand.keys;
  if (!isOperatorObject(operand)) throw bad(`unknown operator: ${first}`);
  return { op: 'not', tests: context.parseTests(operand, context.expression, context.depth) };
}

export function parseTypes(operand: Value): Set<number> {
  const types = new Set<number>();
  const list = isArray(operand) ? operand : [operand];
  if (list.length === 0) throw fail('FailedToParse', 'type must match at least one type');
  for (const item of list) {
    if (item === 'number') for (const type of [1, 16, 18, 19]) types.add(type);
    else types.add(parseType(item));
  }
  return types;
}

function parseType(item: Value): number {
  if (typeof item === 'string') {
    const type = typeByAlias(item);
    if (type === undefined) throw bad(`Unknown type name alias: ${item}`);
    return type;
  }
  if (!isNumeric(item)) throw fail('TypeMismatch', 'type must be represented as a number or a string');
  const code = toNumber(item);
  if (code === -1) return 255;
  if (!isKnownType(code) || code === 255) throw bad(`Invalid numerical type code: ${code}`);
  return code;
}

function parseRegex(operand: Value, options: MaybeValue): FieldTest {
  if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
  if (operand instanceof Pattern) {
    if (options !== undefined && operand.options !== '') throw bad('options set in both $regex and $options');
    return { op: 'regex', pattern: compilePattern(new Pattern(operand.source, options ?? operand.options)) };
  }
  if (typeof operand !== 'string') throw bad('$regex has to be a string');
  return { op: 'regex', pattern: compilePattern(new Pattern(operand, options ?? '')) };
}

function parseMod(operand: Value): FieldTest {
  if (!isArray(operand)) throw bad('malformed mod, needs to be an array');
  if (operand.length < 2) throw bad('malformed mod, not enough elements');
  if (operand.length > 2) throw bad('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((item) => (isNumeric(item) ? wholePart(item) : undefined));
  if (divisor === undefined) throw bad('malformed mod, divisor not a number');
  if (remainder === undefined) throw bad('malformed mod, remainder not a number');
  if (divisor === 0n) throw bad('divisor cannot be 0');
  return { op: 'mod', divisor, remainder };
}

function parseSize(operand: Value): number {
  const size = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isInteger(size)) throw fail('FailedToParse', 'Failed to parse $size. Expected an integer');
  if (size < 0) throw fail('FailedToParse', 'Failed to parse $size. Expected a non-negative number');
  return size;
}

function parseAll(operand: Value, context: OperatorContext): FieldTest {
  if (!isArray(operand)) throw bad('$all needs an array');
  const elements = operand.some((item) => isOperatorObject(item) && item.keys[0] === '$elemMatch');
  const tests = operand.map((item) => {
    if (!elements) {
      if (isOperatorObject(item)) throw bad('no $ expressions in $all');
      return equality(item);
    }
    if (!isOperatorObject(item) || item.keys[0] !== '$elemMatch' || item.size !== 1) {
      throw bad('$all/$elemMatch has to be consistent');
    }
    return parseElemMatch(item.get('$elemMatch') as Value, context);
  });
  return { op: 'all', tests };
}

const logical = new Set(['$and', '$or', '$nor', '$expr', '$comment']);

function parseElemMatch(operand: Value, context: OperatorContext): FieldTest {
  if (!(operand instanceof Doc)) throw bad('$elemMatch needs an Object');
  if (isOperatorObject(operand) && !logical.has(operand.keys[0] ?? '')) {
    return { op: 'elementValue', tests: context.parseTests(operand, context.expression, context.depth) };
  }
  return { op: 'elementObject', filter: context.parseFilter(operand, context.expression, context.depth) };
}

function parseMask(name: string, operand: Value): bigint {
  if (operand instanceof Bytes) return littleEndian(operand.data);
  if (isArray(operand)) {
    let mask = 0n;
    for (const item of operand) {
      const bit = isNumeric(item) ? toNumber(item) : NaN;
      if (!Number.isInteger(bit) || bit < 0 || bit > 1_000_000) {
        throw bad(`${name} takes an Array of non-negative bit positions`);
      }
      mask |= 1n << BigInt(bit);
    }
    return mask;
  }
  const mask = isNumeric(operand) ? wholePart(operand) : undefined;
  if (mask === undefined || mask < 0n || compare(mask, operand) !== 0) {
    throw bad(`${name} takes an Array, a number, or a BinData`);
  }
  return mask;
}
