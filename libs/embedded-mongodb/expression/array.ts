import { compare } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { isArray, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import { truthy } from '../query/parse-operator.js';
import {
  arrayOf,
  binary,
  integerOf,
  isNullish,
  namedArguments,
  unary,
  withArguments,
  withNames,
  type Operator,
  type Operators,
} from './operator.js';
import { checkVariableName, type Evaluate, type Frame } from './scope.js';
import { joinedItems, sizeOfValue } from './sized.js';

const mostElements = 2_000_000;

function elementAt(array: readonly Value[], index: number): MaybeValue {
  return array[index < 0 ? array.length + index : index];
}

const arrayElemAt: Operator = binary((array, index, _, name) => {
  if (isNullish(array) || isNullish(index)) return null;
  return elementAt(arrayOf(array, name, 28689), integerOf(index, name));
});

const end = (index: 0 | -1): Operator =>
  unary((array, _, name) => (isNullish(array) ? null : elementAt(arrayOf(array, name, 28689), index)));

/** Goes over an array with a variable for the element. */
function overArray(
  operand: Value,
  context: Parameters<Operator>[1],
  names: readonly string[],
  bodyName: string,
  run: (
    input: readonly Value[],
    body: (item: Value) => MaybeValue,
    frame: Frame,
    limit: number,
  ) => MaybeValue,
): Evaluate {
  const doc = namedArguments(operand, names, ['input', bodyName], context.name);
  const as = doc.get('as') ?? 'this';
  if (typeof as !== 'string') throw fail('FailedToParse', `${context.name} needs a name as 'as'`);
  checkVariableName(as);
  const input = context.compile(doc.get('input') as Value);
  const { scope, slots } = context.scope.with([as]);
  const body = context.compile(doc.get(bodyName) as Value, scope);
  const most = doc.get('limit');
  const limit = most === undefined ? undefined : context.compile(most);
  const slot = slots[0] as number;
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    const cut = limit?.(frame);
    const number = isNullish(cut) ? Infinity : integerOf(cut, context.name);
    if (number < 1) throw failAt(327391, `$filter's limit must be greater than 0`);
    const items = arrayOf(array, context.name, context.name === '$map' ? 16883 : 28651);
    const each = (item: Value) => {
      context.scope.execution.spend(1);
      frame.slots[slot] = item;
      return body(frame);
    };
    return run(items, each, frame, number);
  };
}

const map: Operator = (operand, context) =>
  overArray(operand, context, ['input', 'as', 'in'], 'in', (input, body) =>
    joinedItems(
      input.map((item) => body(item) ?? null),
      context.scope.execution,
    ),
  );

const filter: Operator = (operand, context) =>
  overArray(operand, context, ['input', 'as', 'cond', 'limit'], 'cond', (input, body, _, limit) => {
    const kept: Value[] = [];
    for (const item of input) {
      if (kept.length >= limit) break;
      if (truthy(body(item))) kept.push(item);
    }
    return kept;
  });

const reduce: Operator = (operand, { scope, compile, name }) => {
  const doc = namedArguments(operand, ['input', 'initialValue', 'in'], ['input', 'initialValue', 'in'], name);
  const input = compile(doc.get('input') as Value);
  const initial = compile(doc.get('initialValue') as Value);
  const { scope: inner, slots } = scope.with(['this', 'value']);
  const [thisSlot, valueSlot] = slots as [number, number];
  const body = compile(doc.get('in') as Value, inner);
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    let value = initial(frame);
    for (const item of arrayOf(array, name, 40080)) {
      scope.execution.spend(1);
      frame.slots[thisSlot] = item;
      frame.slots[valueSlot] = value;
      value = body(frame);
    }
    return value;
  };
};

const range: Operator = withArguments(2, 3, ([start, stop, step], execution, name) => {
  const from = integerOf(start, name);
  const to = integerOf(stop, name);
  const by = step === undefined ? 1 : integerOf(step, name);
  if (by === 0) throw failAt(34449, '$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (length > mostElements) {
    throw fail(
      'ExceededMemoryLimit',
      `$range would use too much memory: ${length} elements, this server grants ${mostElements}`,
    );
  }
  execution.spend(length);
  return joinedItems(
    Array.from({ length }, (_, i) => from + i * by),
    execution,
  );
});

const slice: Operator = withArguments(2, 3, ([array, a, b], _, name) => {
  if (isNullish(array) || isNullish(a) || b === null) return null;
  const items = arrayOf(array, name, 28724);
  const first = integerOf(a, name);
  if (b === undefined) return first < 0 ? items.slice(first) : items.slice(0, first);
  const count = integerOf(b, name);
  if (count <= 0) throw failAt(28729, 'Third argument to $slice must be positive');
  const start = first < 0 ? Math.max(0, items.length + first) : first;
  return items.slice(start, start + count);
});

const concatArrays: Operator = withArguments(0, Infinity, (args, execution, name) => {
  const all: Value[] = [];
  for (const array of args) {
    if (isNullish(array)) return null;
    const items = arrayOf(array, name, 28664);
    if (all.length + items.length > mostElements)
      throw fail('ExceededMemoryLimit', '$concatArrays would make too long an array');
    for (const item of items) all.push(item);
  }
  execution.spend(all.length >> 2);
  return joinedItems(all, execution);
});

const inArray: Operator = binary((value, array, execution, name) => {
  const items = arrayOf(array, name, 40081);
  execution.spend(items.length + (sizeOfValue(array) >> 4));
  return items.some((item) => compare(item, value) === 0);
});

const indexOfArray: Operator = withArguments(2, 4, ([array, value, start, stop], execution, name) => {
  if (isNullish(array)) return null;
  const items = arrayOf(array, name, 40090);
  execution.spend(items.length + (sizeOfValue(array) >> 4));
  const from = start === undefined ? 0 : integerOf(start, name);
  const to = stop === undefined ? items.length : integerOf(stop, name);
  for (let i = from; i < Math.min(to, items.length); i++) if (compare(items[i], value) === 0) return i;
  return -1;
});

const zip: Operator = withNames(
  ['inputs', 'useLongestLength', 'defaults'],
  ['inputs'],
  (args, { scope, name }) =>
    (frame) => {
      const inputs = args['inputs']?.(frame);
      if (isNullish(inputs)) return null;
      const arrays: (readonly Value[])[] = [];
      for (const input of arrayOf(inputs, name, 34461)) {
        if (isNullish(input)) return null;
        arrays.push(arrayOf(input, name, 34468));
      }
      const defaults = args['defaults']?.(frame);
      const longest = truthy(args['useLongestLength']?.(frame));
      if (args['defaults'] && !longest)
        throw failAt(34467, '$zip: cannot specify defaults unless useLongestLength is true');
      const lengths = arrays.map((array) => array.length);
      const length = lengths.length === 0 ? 0 : longest ? Math.max(...lengths) : Math.min(...lengths);
      scope.execution.spend(length * arrays.length);
      const rows = Array.from({ length }, (_, i) =>
        arrays.map((array, n) => array[i] ?? (isArray(defaults) ? defaults[n] : undefined) ?? null),
      );
      return joinedItems(rows, scope.execution);
    },
);

const sortArray: Operator = (operand, { compile, scope, name }) => {
  const doc = namedArguments(operand, ['input', 'sortBy'], ['input', 'sortBy'], name);
  const input = compile(doc.get('input') as Value);
  const by = doc.get('sortBy') as Value;
  const fields = by instanceof Doc ? parseSort(by) : parseSort(Doc.of({ value: by }));
  const wrap = (value: Value) =>
    by instanceof Doc ? (value instanceof Doc ? value : Doc.empty) : Doc.of({ value: [value] });
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    const items = arrayOf(array, name, 2942504);
    scope.execution.spend(items.length * 4 + (sizeOfValue(array) >> 4));
    const keyed = items.map((item) => ({ item, key: sortKey(wrap(item), fields) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
  };
};

/** `$firstN` and its kin as expressions on an array. */
const severalOf = (choose: (items: readonly Value[], n: number) => Value[]): Operator =>
  withNames(['n', 'input'], ['n', 'input'], (args, { scope, name }) => (frame) => {
    const n = integerOf(args['n']?.(frame), name);
    if (n < 1) throw failAt(5787908, `'n' must be greater than 0, found ${n}`);
    const items = arrayOf(args['input']?.(frame), name, 5788200);
    scope.execution.spend(items.length * 4);
    return choose(items, n);
  });

const known = (items: readonly Value[]): Value[] => items.filter((item) => !isNullish(item));

export const arrayOperators: Operators = {
  $arrayElemAt: arrayElemAt,
  $first: end(0),
  $last: end(-1),
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $range: range,
  $slice: slice,
  $concatArrays: concatArrays,
  $in: inArray,
  $indexOfArray: indexOfArray,
  $zip: zip,
  $sortArray: sortArray,
  $reverseArray: unary((array, _, name) =>
    isNullish(array) ? null : arrayOf(array, name, 34435).toReversed(),
  ),
  $size: unary((array) => {
    if (!isArray(array))
      throw failAt(17124, `The argument to $size must be an array, but was of type: ${nameOfValue(array)}`);
    return array.length;
  }),
  $firstN: severalOf((items, n) => items.slice(0, n)),
  $lastN: severalOf((items, n) => items.slice(-n)),
  $minN: severalOf((items, n) => known(items).sort(compare).slice(0, n)),
  $maxN: severalOf((items, n) =>
    known(items)
      .sort((a, b) => compare(b, a))
      .slice(0, n),
  ),
};
