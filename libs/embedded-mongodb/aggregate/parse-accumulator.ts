import { Doc } from '../bson/doc.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { compileExpression } from '../expression/compile.js';
import { integerOf, namedArguments } from '../expression/operator.js';
import type { Frame, Scope } from '../expression/scope.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import { simpleAccumulators, type Accumulator } from './accumulators.js';
import { orderedAccumulator, type Ranked } from './ordered-accumulators.js';
import { percentileAccumulator } from './percentile.js';

/** A field of a group's result. */
export interface AccumulatedField {
  readonly name: string;
  readonly make: () => Accumulator;
  /** What a document gives to the accumulator. */
  readonly value: (frame: Frame) => MaybeValue;
}

export function parseAccumulator(name: string, spec: Value, scope: Scope): AccumulatedField {
  const [operator] = spec instanceof Doc ? spec.keys : [];
  if (!(spec instanceof Doc) || operator === undefined || spec.size !== 1 || !operator.startsWith('$')) {
    throw failAt(40234, `The field '${name}' must be an accumulator object`);
  }
  const operand = spec.get(operator) as Value;
  const simple = Object.hasOwn(simpleAccumulators, operator) ? simpleAccumulators[operator] : undefined;
  if (simple) return { name, make: simple, value: compileExpression(operand, scope) };
  switch (operator) {
    case '$count':
      if (!(operand instanceof Doc) || operand.size > 0)
        throw fail('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
      return { name, make: simpleAccumulators['$sum'] as () => Accumulator, value: () => 1 };
    case '$firstN':
    case '$lastN':
    case '$maxN':
    case '$minN': {
      const args = namedArguments(operand, ['n', 'input'], ['n', 'input'], operator);
      return {
        name,
        make: orderedAccumulator(operator, constantN(args, scope, operator)),
        value: compileExpression(args.get('input') as Value, scope),
      };
    }
    case '$top':
    case '$bottom':
    case '$topN':
    case '$bottomN':
      return parseRanked(name, operator, operand, scope);
    case '$median':
    case '$percentile': {
      const { make, input } = percentileAccumulator(operator, operand);
      return { name, make, value: compileExpression(input, scope) };
    }
    default:
      throw failAt(15952, `unknown group operator '${operator}'`);
  }
}

function constantN(args: Doc, scope: Scope, operator: string): number {
  const n = integerOf(
    compileExpression(args.get('n') as Value, scope)({ root: Doc.empty, slots: [] }),
    operator,
  );
  if (n < 1) throw failAt(5787908, `'n' must be greater than 0, found ${n}`);
  return n;
}

function parseRanked(name: string, operator: string, operand: Value, scope: Scope): AccumulatedField {
  const many = operator.endsWith('N');
  const names = many ? ['n', 'sortBy', 'output'] : ['sortBy', 'output'];
  const args = namedArguments(operand, names, names, operator);
  const sortBy = args.get('sortBy');
  if (!(sortBy instanceof Doc)) throw failAt(5788002, `${operator} needs an object as sortBy`);
  const fields = parseSort(sortBy);
  const output = compileExpression(args.get('output') as Value, scope);
  const n = many ? constantN(args, scope, operator) : 1;
  return {
    name,
    make: orderedAccumulator(operator, n),
    value: (frame) => {
      const ranked: Ranked = { key: sortKey(frame.root, fields), value: output(frame) ?? null };
      return ranked as unknown as Value;
    },
  };
}
