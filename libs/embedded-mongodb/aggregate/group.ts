import { compare, type Numeric } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import { Double, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { compileExpression } from '../expression/compile.js';
import { integerOf, namedArguments } from '../expression/operator.js';
import { Scope, type Frame, type Evaluate } from '../expression/scope.js';
import { canonicalKey } from '../query/compile-filter.js';
import { pause, type Execution, type Steps } from '../query/execution.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import { kept, simpleAccumulators, type Accumulator } from './accumulators.js';
import { orderedAccumulator, type Ranked } from './ordered-accumulators.js';
import { percentileAccumulator } from './percentile.js';

/** MongoDB's own limit of a stage's memory. */
const stageMemory = 100 * 1024 * 1024;

interface Field {
  readonly name: string;
  readonly make: () => Accumulator;
  /** What a document gives to the accumulator. */
  readonly value: (frame: Frame) => MaybeValue;
}

interface Group {
  readonly id: MaybeValue;
  readonly accumulators: Accumulator[];
}

export function parseAccumulator(name: string, spec: Value, scope: Scope): Field {
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

function parseRanked(name: string, operator: string, operand: Value, scope: Scope): Field {
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

/** `$group`: one document for each different `_id`. */
export function parseGroup(
  operand: Value,
  execution: Execution,
  variables: ReadonlyMap<string, MaybeValue> | undefined,
): (input: Steps<Doc>) => Steps<Doc> {
  if (!(operand instanceof Doc))
    throw failAt(15947, `a group's fields must be specified in an object, not ${nameOfValue(operand)}`);
  const spec = operand.get('_id');
  if (spec === undefined) throw failAt(15955, 'a group specification must include an _id');
  const scope = Scope.outermost(execution, variables);
  const id = compileExpression(spec, scope);
  const fields = [...operand.entries()]
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => {
      refuseFieldOfGroup(name, value);
      return parseAccumulator(name, value, scope);
    });
  return (input) => group(input, id, fields, execution);
}

/** What only `$group` and its kin ask of a field; a window's functions are less strict. */
function refuseFieldOfGroup(name: string, spec: Value): void {
  if (name.includes('.')) throw failAt(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw failAt(40236, `The field name '${name}' cannot be an operator name`);
  if (!(spec instanceof Doc) || spec.size === 0) return;
  const [operator = ''] = spec.keys;
  if (isArray(spec.get(operator))) throw failAt(40237, `The ${operator} accumulator is a unary operator`);
  if (spec.size > 1) throw failAt(40238, `The field '${name}' must specify one accumulator`);
}

/** The commonest keys are texts, numbers and null; those need no encoding. */
function keyOf(value: MaybeValue): unknown {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (isNumeric(value)) return numberKey(value);
  if (typeof value === 'boolean') return value;
  return `\0${canonicalKey(value)}`;
}

/** Equal numbers of different types are one key. */
function numberKey(value: Numeric): unknown {
  const number = toNumber(value);
  const exact = typeof value === 'number' || value instanceof Double || compare(number, value) === 0;
  return exact ? (number === 0 ? 0 : number) : `\0${canonicalKey(value)}`;
}

function* group(input: Steps<Doc>, id: Evaluate, fields: readonly Field[], execution: Execution): Steps<Doc> {
  const groups = new Map<unknown, Group>();
  const frame: Frame = { root: Doc.empty, slots: [] };
  let memory = 0;
  for (const doc of input) {
    if (doc === pause) {
      yield pause;
      continue;
    }
    frame.root = doc;
    const value = id(frame);
    const key = keyOf(value);
    let found = groups.get(key);
    if (!found) {
      const stored = value === undefined ? undefined : kept(value);
      found = { id: stored, accumulators: fields.map(({ make }) => make()) };
      groups.set(key, found);
      memory += 128 + (typeof key === 'string' ? key.length * 2 : 16);
      for (const accumulator of found.accumulators) memory += accumulator.memory;
    }
    for (let i = 0; i < fields.length; i++) {
      const accumulator = found.accumulators[i] as Accumulator;
      const before = accumulator.memory;
      accumulator.add((fields[i] as Field).value(frame));
      memory += accumulator.memory - before;
    }
    if (memory > stageMemory) {
      throw fail(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        'Exceeded memory limit for $group; this server does not spill to disk.',
      );
    }
    if (execution.pauseDue) yield pause;
  }
  for (const { id: value, accumulators } of groups.values()) {
    yield resultOf(value, accumulators, fields);
    if (execution.pauseDue) yield pause;
  }
}

function resultOf(id: MaybeValue, accumulators: readonly Accumulator[], fields: readonly Field[]): Doc {
  const names = ['_id'];
  const values: Value[] = [id ?? null];
  for (const [i, accumulator] of accumulators.entries()) {
    const value = accumulator.result();
    if (value === undefined) continue;
    names.push((fields[i] as Field).name);
    values.push(value);
  }
  return Doc.fromLists(names, values);
}
