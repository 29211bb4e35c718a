import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isArray, isNumeric } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { compileTest } from '../query/compile-filter.js';
import type { FieldTest, Filter } from '../query/filter.js';
import { parseTests } from '../query/parse-filter.js';
import { truthy } from '../query/parse-operator.js';
import { matchedIndex } from '../update/placeholders.js';
import type { Leaf } from './tree.js';

/** What only find's projection knows: `$slice`, `$elemMatch` and the positional `$`. */
export interface FindProjection {
  positional(name: string, value: Value): { path: string; leaf: Leaf } | undefined;
  operator(path: string, value: Doc): Leaf | undefined;
}

interface Selecting {
  readonly kind: 'transform';
  readonly apply: (value: MaybeValue, doc: Doc) => MaybeValue;
  /** It chooses the field, as naming it does. */
  readonly selects: true;
}

export function findProjection(filter: Filter): FindProjection {
  let positionals = 0;
  return {
    positional: (name, value) => {
      if (name.includes('.$.'))
        throw failAt(
          31394,
          'Positional projection may only be used at the end of a path, for example: a.b.$',
        );
      if (!name.endsWith('.$')) return undefined;
      if (++positionals > 1)
        throw failAt(31276, 'Cannot specify more than one positional projection per query.');
      if (!truthy(value)) throw failAt(31395, `positional projection cannot be used with exclusion`);
      const path = name.slice(0, -2);
      return { path, leaf: selecting((array) => positional(filter, path, array)) };
    },
    operator: (path, value) => {
      const [name] = value.keys;
      if (name === '$slice') return sliceLeaf(value.get(name) as Value);
      if (name === '$elemMatch') return elemMatchLeaf(path, value.get(name) as Value);
      if (name === '$meta') throw fail('NotImplemented', '$meta is not supported by this server');
      return undefined;
    },
  };
}

const selecting = (apply: (value: MaybeValue) => MaybeValue): Selecting => ({
  kind: 'transform',
  apply,
  selects: true,
});

function positional(filter: Filter, path: string, array: MaybeValue): MaybeValue {
  if (!isArray(array)) return array;
  const index = matchedIndex(filter, path, array);
  if (index < 0)
    throw failAt(51246, `positional operator '.$' couldn't find a matching element in the array`);
  return array.slice(index, index + 1);
}

function elemMatchTest(operand: Value): FieldTest {
  const [test] = parseTests(Doc.of({ $elemMatch: operand }), noExpressions, 0);
  return test as FieldTest;
}

const noExpressions = () => {
  throw fail('BadValue', '$expr is not allowed in an $elemMatch projection');
};

function elemMatchLeaf(path: string, operand: Value): Leaf {
  if (path.includes('.')) throw failAt(31275, 'Cannot use $elemMatch projection on a nested field');
  const test = compileTest(elemMatchTest(operand));
  return selecting((value) => {
    const found = isArray(value) ? value.find((item) => test([item])) : undefined;
    return found === undefined ? undefined : [found];
  });
}

function sliceLeaf(operand: Value): Leaf | undefined {
  if (isArray(operand) && operand.length === 2 && operand.every(isNumeric)) {
    const [skip, limit] = operand.map((item) => Math.trunc(toNumber(item as number))) as [number, number];
    if (limit <= 0) throw failAt(28724, 'The $slice limit must be positive');
    return slicing((array) => {
      const start = skip < 0 ? Math.max(0, array.length + skip) : skip;
      return array.slice(start, start + limit);
    });
  }
  if (isNumeric(operand)) {
    const count = Math.trunc(toNumber(operand));
    return slicing((array) => (count < 0 ? array.slice(count) : array.slice(0, count)));
  }
  // Three arguments, or an array first, are the expression of the same name.
  return undefined;
}

const slicing = (cut: (array: readonly Value[]) => readonly Value[]): Leaf => ({
  kind: 'transform',
  apply: (value) => (isArray(value) ? cut(value) : value),
});
