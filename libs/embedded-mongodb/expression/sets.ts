import type { MaybeValue, Value } from '../bson/values.js';
import { canonicalKey } from '../query/compile-filter.js';
import { truthy } from '../query/parse-operator.js';
import type { Execution } from '../query/execution.js';
import { arrayOf, isNullish, unary, withArguments, type Operators } from './operator.js';
import { joinedItems, sizeOfValue } from './sized.js';

function keyed(value: MaybeValue, execution: Execution, name: string): Map<string, Value> {
  const items = arrayOf(value, name, 17043);
  execution.spend(items.length + (sizeOfValue(value) >> 4));
  const found = new Map<string, Value>();
  for (const item of items) {
    const key = canonicalKey(item);
    if (!found.has(key)) found.set(key, item);
  }
  return found;
}

/** Sets have no order; the least key first makes the same answer each time. */
const ordered = (set: ReadonlyMap<string, Value>): Value[] =>
  [...set.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);

export const setOperators: Operators = {
  $setUnion: withArguments(0, Infinity, (args, execution, name) => {
    const all = new Map<string, Value>();
    for (const argument of args) {
      if (isNullish(argument)) return null;
      for (const [key, value] of keyed(argument, execution, name)) if (!all.has(key)) all.set(key, value);
    }
    return joinedItems(ordered(all), execution);
  }),
  $setIntersection: withArguments(0, Infinity, (args, execution, name) => {
    let common: Map<string, Value> | undefined;
    for (const argument of args) {
      if (isNullish(argument)) return null;
      const set = keyed(argument, execution, name);
      common = common ? new Map([...common].filter(([key]) => set.has(key))) : set;
    }
    return ordered(common ?? new Map());
  }),
  $setDifference: withArguments(2, 2, ([a, b], execution, name) => {
    if (isNullish(a) || isNullish(b)) return null;
    const without = keyed(b, execution, name);
    return [...keyed(a, execution, name)].filter(([key]) => !without.has(key)).map(([, value]) => value);
  }),
  $setEquals: withArguments(2, Infinity, (args, execution, name) => {
    const [first, ...others] = args.map((argument) => keyed(argument, execution, name));
    return others.every((set) => set.size === first?.size && [...set.keys()].every((key) => first.has(key)));
  }),
  $setIsSubset: withArguments(2, 2, ([a, b], execution, name) => {
    const whole = keyed(b, execution, name);
    return [...keyed(a, execution, name).keys()].every((key) => whole.has(key));
  }),
  $allElementsTrue: unary((array, _, name) => arrayOf(array, name, 17040).every(truthy)),
  $anyElementTrue: unary((array, _, name) => arrayOf(array, name, 17041).some(truthy)),
};
