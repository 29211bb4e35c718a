import { Doc } from '../bson/doc.js';
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
import { explainCommand } from './explain.js';
import { answerCursor, none, variablesOf } from './find.js';
import { parseSelection, select } from './select.js';

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

/** What the head of a pipeline asks of the storage: an index can serve the first match and the sort after it. */
export function headOf(specs: readonly StageSpec[]): { query: Doc; sort: Doc | undefined; taken: number } {
  let taken = 0;
  let query = Doc.empty;
  let sort: Doc | undefined;
  const [first] = specs;
  if (first?.name === '$match' && first.operand instanceof Doc) {
    query = first.operand;
    taken = 1;
  }
  const next = specs[taken];
  if (next?.name === '$sort' && next.operand instanceof Doc && next.operand.size > 0) {
    sort = next.operand;
    taken++;
  }
  return { query, sort, taken };
}

function limitOf(specs: readonly StageSpec[]): number {
  const [first] = specs;
  return first?.name === '$limit' && typeof first.operand === 'number' ? first.operand : Infinity;
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
  const stages = compileStages(rest, context, furtherStages);
  const collection = engine.collection(db, name);
  const source = collection
    ? mapped(select(engine, collection, selection, execution, limitOf(rest)), ({ doc }) => doc)
    : none();
  return through(source, stages);
}

export const variablesFor = (fields: Fields): ReadonlyMap<string, MaybeValue> =>
  variablesOf(fields.optionalDocument('let')) ?? new Map<string, MaybeValue>();

export function parseAggregate(call: Call): { context: PipelineContext; specs: StageSpec[]; fields: Fields } {
  const fields = new Fields('aggregate', call.body);
  refuseCollation(fields.value('collation'));
  for (const name of ['needsMerge', 'fromMongos']) refuseOption(name, fields.value(name));
  const specs = stageSpecs(fields.value('pipeline'));
  const variables = variablesFor(fields);
  return {
    context: { engine: call.engine, db: call.db, execution: call.execution, variables, depth: 0 },
    specs,
    fields,
  };
}

async function aggregate(call: Call): Promise<Doc> {
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
  const steps = collectionPipeline(context, name, specs, fields.value('hint'));
  const batchSize = new Fields('cursor', cursor).count('batchSize');
  return answerCursor(call, `${call.db}.${name}`, steps, { batchSize, single: false }, 'firstBatch');
}

export const aggregateCommand: Command = { fields: aggregateFields, run: aggregate };
