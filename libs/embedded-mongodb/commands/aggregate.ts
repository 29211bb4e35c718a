import { Doc } from '../bson/doc.js';
import { isNumeric } from '../bson/types.js';
import type { MaybeValue } from '../bson/values.js';
import { fail } from '../errors.js';
import { furtherStages } from '../aggregate/further-stages.js';
import {
  compileStages,
  stageSpecs,
  through,
  type PipelineContext,
  type StageSpec,
} from '../aggregate/pipeline.js';
import { mapped } from '../aggregate/steps.js';
import type { Steps } from '../query/execution.js';
import { collectionName, Fields, refuseCollation, refuseOption, type Call, type Command } from './command.js';
import { isOutput, writeOutput } from '../aggregate/output.js';
import { explainCommand } from './explain.js';
import { answerCursor, none } from './find.js';
import { headOf, variablesFor } from './pipeline-head.js';
import { countAtOnce, onlyCounts } from './only-counts.js';
import { feedFrom, parseSelection, select, selectCovered } from './select.js';

export const aggregateFields = [
  'pipeline',
  'cursor',
  'explain',
  'allowDiskUse',
  'hint',
  'let',
  'collation',
  'bypassDocumentValidation',
  'needsMerge',
  'fromMongos',
];

function limitOf(specs: readonly StageSpec[]): number {
  const [first] = specs;
  return first?.name === '$limit' && typeof first.operand === 'number' ? first.operand : Infinity;
}

/** A stage that takes what it needs of each document at once. */
const consumes = (spec: StageSpec | undefined): boolean => spec?.name === '$group' || spec?.name === '$count';

function* steps(documents: readonly Doc[]): Steps<Doc> {
  yield* documents;
}

/** Documents of a collection through a pipeline, the head of it by an index. */
export function collectionPipeline(
  context: PipelineContext,
  name: string,
  specs: readonly StageSpec[],
  hint?: MaybeValue,
): Steps<Doc> {
  const { engine, db, execution, variables } = context;
  const { query, sort, taken } = headOf(specs);
  const selection = parseSelection(query, execution, { sort, hint, variables: variables ?? new Map() });
  const rest = specs.slice(taken);
  const stages = compileStages(rest, { ...context, collection: name }, furtherStages);
  const collection = engine.collection(db, name);
  if (!collection) return through(none(), stages);
  const known =
    query.size === 0 && selection.hint === undefined ? countAtOnce(rest, collection.count) : undefined;
  if (known)
    return through(
      steps(known.answer),
      compileStages(rest.slice(known.taken), { ...context, collection: name }, furtherStages),
    );
  const counted = onlyCounts(rest) ? selectCovered(engine, collection, selection, execution) : undefined;
  const [first] = stages;
  if (!counted && first && 'fed' in first) {
    const feed = feedFrom(engine, collection, selection, execution);
    if (feed) return through(first.fed(feed), stages.slice(1));
  }
  const source =
    counted ??
    mapped(
      select(engine, collection, selection, execution, limitOf(rest), consumes(rest[0])),
      ({ doc }) => doc,
    );
  return through(source, stages);
}

export function parseAggregate(call: Call): { context: PipelineContext; specs: StageSpec[]; fields: Fields } {
  const fields = new Fields('aggregate', call.body);
  refuseCollation(fields.value('collation'));
  for (const name of ['needsMerge', 'fromMongos']) refuseOption(name, fields.value(name));
  const specs = stageSpecs(fields.value('pipeline'));
  const variables = variablesFor(fields);
  return {
    context: {
      engine: call.engine,
      db: call.db,
      collection: undefined,
      execution: call.execution,
      variables,
      open: collectionPipeline,
      compile: (inner, context) => compileStages(inner, context, furtherStages),
      depth: 0,
    },
    specs,
    fields,
  };
}

/** `{ aggregate: 1 }` asks the database itself, as $currentOp and $documents do. */
function refuseDatabase(call: Call): void {
  if (!isNumeric(call.body.get('aggregate'))) return;
  const first = stageSpecs(call.body.get('pipeline'))[0]?.name ?? 'an empty pipeline';
  throw fail(
    'CommandNotSupported',
    `Aggregation of a database (${first}) is not supported by this server, only of a collection`,
  );
}

async function aggregate(call: Call): Promise<Doc> {
  refuseDatabase(call);
  if (call.body.get('explain') === true) {
    const command = call.body.with('explain', undefined);
    return explainCommand(
      call,
      command,
      'queryPlanner',
      call.engine.collection(call.db, collectionName(call)),
    );
  }
  const { context, specs, fields } = parseAggregate(call);
  const cursor = fields.optionalDocument('cursor');
  if (!cursor)
    throw fail(
      'FailedToParse',
      `The 'cursor' option is required, except for aggregate with the explain argument`,
    );
  const name = collectionName(call);
  const output = specs.at(-1);
  const writes = isOutput(output);
  const steps = collectionPipeline(context, name, writes ? specs.slice(0, -1) : specs, fields.value('hint'));
  if (writes) {
    await writeOutput(call.engine, call.db, output, steps, call.execution);
    return answerCursor(
      call,
      `${call.db}.${name}`,
      none(),
      { batchSize: undefined, single: true },
      'firstBatch',
    );
  }
  const batchSize = new Fields('cursor', cursor).count('batchSize');
  return answerCursor(call, `${call.db}.${name}`, steps, { batchSize, single: false }, 'firstBatch');
}

export const aggregateCommand: Command = { fields: aggregateFields, run: aggregate };
