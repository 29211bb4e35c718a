import { compare, equal } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { shell } from '../bson/shell.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import { Pattern, type MaybeValue, type Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { canonicalKey, compileFilter, compileTest } from '../query/compile-filter.js';
import { isOperatorObject } from '../query/equality.js';
import { parseFilter, parseTests } from '../query/parse-filter.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import type { Change, Modification } from './modify-path.js';

export function arrayOperator(operator: string, operand: Value, path: string): Modification | undefined {
  switch (operator) {
    case '$push':
      return { change: push(operand, path), create: true };
    case '$addToSet':
      return { change: addToSet(operand, path), create: true };
    case '$pop':
      return { change: pop(operand, path), create: false };
    case '$pull':
      return { change: pull(operand, path), create: false };
    case '$pullAll':
      return { change: pullAll(operand, path), create: false };
    default:
      return undefined;
  }
}

function arrayAt(operator: string, value: MaybeValue, path: string): readonly Value[] {
  if (value === undefined) return [];
  if (isArray(value)) return value;
  if (operator === '$pop')
    throw fail(
      'TypeMismatch',
      `Path '${path}' contains an element of non-array type '${nameOfValue(value)}'`,
    );
  if (operator.startsWith('$pull')) throw fail('BadValue', `Cannot apply ${operator} to a non-array value`);
  throw fail('BadValue', `The field '${path}' must be an array but is of type ${nameOfValue(value)}`);
}

function push(operand: Value, path: string): Change {
  const modifiers = operand instanceof Doc && operand.has('$each') ? operand : undefined;
  if (!modifiers) return (value) => [...arrayAt('$push', value, path), operand];
  const unknown = modifiers.keys.find((key) => !['$each', '$position', '$slice', '$sort'].includes(key));
  if (unknown) throw fail('BadValue', `Unrecognized clause in $push: ${unknown}`);
  const each = modifiers.get('$each') as Value;
  if (!isArray(each))
    throw fail(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${nameOfValue(each)}`,
    );
  const position = clause(modifiers.get('$position'), '$position');
  const slice = clause(modifiers.get('$slice'), '$slice');
  const order = pushOrder(modifiers.get('$sort'));
  return (value) => {
    const array = arrayAt('$push', value, path);
    const at =
      position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
    let result = [...array.slice(0, at), ...each, ...array.slice(at)];
    if (order) result = result.sort(order);
    if (slice === undefined) return result;
    return slice < 0 ? result.slice(slice) : result.slice(0, slice);
  };
}

function clause(value: MaybeValue, name: string): number | undefined {
  if (value === undefined) return undefined;
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(number))
    throw fail(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${nameOfValue(value)}`,
    );
  return number;
}

function pushOrder(sort: MaybeValue): ((a: Value, b: Value) => number) | undefined {
  if (sort === undefined) return undefined;
  if (isNumeric(sort)) {
    const direction = toNumber(sort);
    if (direction !== 1 && direction !== -1)
      throw fail('BadValue', 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compare(a, b);
  }
  if (!(sort instanceof Doc))
    throw fail(
      'BadValue',
      `The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields`,
    );
  const fields = parseSort(sort);
  const key = (value: Value) => sortKey(value instanceof Doc ? value : Doc.empty, fields);
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

function addToSet(operand: Value, path: string): Change {
  const each = operand instanceof Doc && operand.keys[0] === '$each' ? operand.get('$each') : undefined;
  if (each !== undefined && !isArray(each)) {
    throw fail(
      'TypeMismatch',
      `The argument to $each in $addToSet must be an array but it was of type ${nameOfValue(each)}`,
    );
  }
  if (each !== undefined && (operand as Doc).size > 1)
    throw fail('BadValue', `Found unexpected fields after $each in $addToSet: ${shell(operand)}`);
  const items = each ?? [operand];
  return (value) => {
    const array = arrayAt('$addToSet', value, path);
    const known = new Set(array.map(canonicalKey));
    const added = items.filter((item) => {
      const key = canonicalKey(item);
      return !known.has(key) && known.add(key);
    });
    return added.length === 0 && value !== undefined ? value : [...array, ...added];
  };
}

function pop(operand: Value, path: string): Change {
  const end = isNumeric(operand) ? toNumber(operand) : NaN;
  if (end !== 1 && end !== -1) throw fail('FailedToParse', '$pop expects 1 or -1');
  return (value) => {
    if (value === undefined) return undefined;
    const array = arrayAt('$pop', value, path);
    if (array.length === 0) return array;
    return end === 1 ? array.slice(0, -1) : array.slice(1);
  };
}

function pull(operand: Value, path: string): Change {
  const drops = pullTest(operand);
  return (value) => {
    if (value === undefined) return undefined;
    const array = arrayAt('$pull', value, path);
    const kept = array.filter((item) => !drops(item));
    return kept.length === array.length ? array : kept;
  };
}

const noExpressions = () => {
  throw fail('BadValue', '$expr is not allowed in $pull');
};

/** `$or` and its kin are conditions on the element's own fields. */
const combines = ({ keys }: Doc): boolean => ['$and', '$or', '$nor'].includes(keys[0] ?? '');

/** A document without operators is a filter on elements that are documents, not a value to be equal to. */
function pullTest(operand: Value): (item: Value) => boolean {
  if ((isOperatorObject(operand) && !combines(operand)) || operand instanceof Pattern) {
    const tests = parseTests(operand, noExpressions, 0);
    const predicate = compileFilter({
      kind: 'and',
      filters: tests.map((test) => ({ kind: 'field', path: 'x', parts: ['x'], test })),
    });
    return (item) => predicate(Doc.of({ x: item }));
  }
  if (operand instanceof Doc) {
    const predicate = compileFilter(parseFilter(operand, noExpressions));
    return (item) => item instanceof Doc && predicate(item);
  }
  return compileTest({ op: 'eq', value: operand });
}

function pullAll(operand: Value, path: string): Change {
  if (!isArray(operand))
    throw fail('BadValue', `$pullAll requires an array argument but was given a ${nameOfValue(operand)}`);
  return (value) => {
    if (value === undefined) return undefined;
    const array = arrayAt('$pullAll', value, path);
    const kept = array.filter((item) => !operand.some((other) => equal(other, item)));
    return kept.length === array.length ? array : kept;
  };
}
