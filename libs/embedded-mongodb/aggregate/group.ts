import { Doc } from '../bson/doc.js';
import { isArray, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { Scope, type Frame } from '../expression/scope.js';
import { pause, type Execution, type Steps } from '../query/execution.js';
import { kept, type Accumulator } from './accumulators.js';
import { fedStage, type Feed, type FedStage } from './feed.js';
import { compileGroupId, type GroupTable } from './group-keys.js';
import { parseAccumulator, type AccumulatedField } from './parse-accumulator.js';

/** MongoDB's own limit of a stage's memory. */
const stageMemory = 100 * 1024 * 1024;

interface Group {
  readonly id: MaybeValue;
  readonly accumulators: readonly Accumulator[];
}

/** `$group`: one document for each different `_id`. */
export function parseGroup(
  operand: Value,
  execution: Execution,
  variables: ReadonlyMap<string, MaybeValue> | undefined,
): FedStage {
  if (!(operand instanceof Doc))
    throw failAt(15947, `a group's fields must be specified in an object, not ${nameOfValue(operand)}`);
  const spec = operand.get('_id');
  if (spec === undefined) throw failAt(15955, 'a group specification must include an _id');
  const scope = Scope.outermost(execution, variables);
  const table = compileGroupId(spec, scope);
  const fields = [...operand.entries()]
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => {
      refuseFieldOfGroup(name, value);
      return parseAccumulator(name, value, scope);
    });
  return fedStage((feed) => group(feed, table, fields, execution), execution);
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

function group(
  feed: Feed,
  tableOf: <T>() => GroupTable<T>,
  fields: readonly AccumulatedField[],
  execution: Execution,
): Steps<Doc> {
  const table = tableOf<Group>();
  const frame: Frame = { root: Doc.empty, slots: [] };
  let held = 0;
  const make = (id: MaybeValue): Group => {
    const accumulators = fields.map((field) => field.make());
    for (const { memory } of accumulators) held += memory;
    return { id: id === undefined ? undefined : kept(id), accumulators };
  };
  const take = (doc: Doc) => {
    frame.root = doc;
    const { accumulators } = table.of(frame, make);
    for (let i = 0; i < fields.length; i++) {
      const accumulator = accumulators[i] as Accumulator;
      const before = accumulator.memory;
      accumulator.add((fields[i] as AccumulatedField).value(frame));
      held += accumulator.memory - before;
    }
    if (held + table.memory <= stageMemory) return;
    throw fail(
      'QueryExceededMemoryLimitNoDiskUseAllowed',
      'Exceeded memory limit for $group; this server does not spill to disk.',
    );
  };
  return results();

  function* results(): Steps<Doc> {
    yield* feed(take);
    for (const { id, accumulators } of table.all) {
      yield resultOf(id, accumulators, fields);
      if (execution.pauseDue) yield pause;
    }
  }
}

function resultOf(
  id: MaybeValue,
  accumulators: readonly Accumulator[],
  fields: readonly AccumulatedField[],
): Doc {
  const names = ['_id'];
  const values: Value[] = [id ?? null];
  for (const [i, accumulator] of accumulators.entries()) {
    const value = accumulator.result();
    if (value === undefined) continue;
    names.push((fields[i] as AccumulatedField).name);
    values.push(value);
  }
  return Doc.fromLists(names, values);
}
