import { Doc } from '../bson/doc.js';
import { fail, failAt } from '../errors.js';
import { documentExpression } from '../expression/filter-expression.js';
import { namedArguments } from '../expression/operator.js';
import { canonicalKey } from '../query/compile-filter.js';
import { pause, type Steps } from '../query/execution.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import { sorted } from '../query/sorter.js';
import { docSize, type PipelineContext, type StageParser } from './pipeline.js';
import { set } from './unwind.js';
import { parseWindowFunction, type Member, type WindowFunction } from './window-functions.js';

const memory = 100 * 1024 * 1024;

interface Spec {
  readonly partitionOf: (doc: Doc) => string;
  readonly orderOf: (doc: Doc) => string;
  readonly outputs: readonly { path: readonly string[]; compute: WindowFunction }[];
}

/** Adds to each document what is computed over its neighbours within its partition. */
export const windowStage: StageParser = (operand, context) => {
  const args = namedArguments(operand, ['partitionBy', 'sortBy', 'output'], ['output'], '$setWindowFields');
  const sortBy = args.get('sortBy');
  if (sortBy !== undefined && !(sortBy instanceof Doc))
    throw failAt(5371801, `$setWindowFields' sortBy must be an object`);
  const order = sortBy ? parseSort(sortBy) : [];
  const output = args.get('output');
  if (!(output instanceof Doc)) throw failAt(5371802, `$setWindowFields' output must be an object`);
  const partition = documentExpression(args.get('partitionBy') ?? null, context.execution, context.variables);
  const spec: Spec = {
    partitionOf: (doc) => canonicalKey(partition(doc) ?? null),
    orderOf: (doc) => sortKey(doc, order),
    outputs: [...output.entries()].map(([path, value]) => ({
      path: path.split('.'),
      compute: parseWindowFunction(path, value, order, context),
    })),
  };
  return (input) => windows(input, spec, context);
};

function* windows(input: Steps<Doc>, spec: Spec, context: PipelineContext): Steps<Doc> {
  const { execution } = context;
  // The partition's key ends where the order's begins: encodings are never each other's beginnings.
  const keyOf = (doc: Doc) => spec.partitionOf(doc) + spec.orderOf(doc);
  let members: Member[] = [];
  let current: string | undefined;
  let bytes = 0;
  for (const doc of sorted(input, keyOf, docSize, execution)) {
    if (doc === pause) {
      yield pause;
      continue;
    }
    const partition = spec.partitionOf(doc);
    if (partition !== current) {
      yield* computed(members, spec);
      members = [];
      bytes = 0;
      current = partition;
    }
    members.push({ doc, order: spec.orderOf(doc) });
    bytes += docSize(doc) + 128;
    if (bytes > memory) {
      throw fail('ExceededMemoryLimit', `$setWindowFields holds more than ${memory} bytes of one partition`);
    }
  }
  yield* computed(members, spec);
}

function* computed(members: readonly Member[], { outputs }: Spec): Steps<Doc> {
  const results = outputs.map(({ compute }) => compute(members));
  for (const { doc } of members) {
    let next = doc;
    for (const [i, { path }] of outputs.entries()) {
      for (;;) {
        const step = (results[i] as ReturnType<WindowFunction>).next();
        if (step.done) break;
        if (step.value === pause) {
          yield pause;
          continue;
        }
        next = set(next, path, step.value.value);
        break;
      }
    }
    yield next;
  }
}
