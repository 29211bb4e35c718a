import { Doc } from '../bson/doc.js';
import { integer, toNumber } from '../bson/numbers.js';
import { isArray, isNumeric } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import type { Engine } from '../engine.js';
import { compileFilter } from '../query/compile-filter.js';
import { pause, type Execution, type Steps } from '../query/execution.js';
import { parseFilter } from '../query/parse-filter.js';
import { expressionFilter } from '../expression/filter-expression.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import { sorted } from '../query/sorter.js';
import { documentStage } from './document-stages.js';
import type { FedStage } from './feed.js';
import { parseGroup } from './group.js';
import { filtered, limited, mapped, skipped } from './steps.js';

export interface PipelineContext {
  readonly engine: Engine;
  readonly db: string;
  /** Where the pipeline begins. */
  readonly collection: string | undefined;
  readonly execution: Execution;
  readonly variables: ReadonlyMap<string, MaybeValue> | undefined;
  /** The documents of a collection through a pipeline of its own. */
  readonly open: (context: PipelineContext, collection: string, specs: readonly StageSpec[]) => Steps<Doc>;
  /** Stages for documents that are at hand. */
  readonly compile: (specs: readonly StageSpec[], context: PipelineContext) => Stage[];
  /** How deep pipelines stand within each other. */
  readonly depth: number;
}

export type Stage = ((input: Steps<Doc>) => Steps<Doc>) | FedStage;
export type StageParser = (
  operand: Value,
  context: PipelineContext,
  following: readonly StageSpec[],
) => Stage;

export interface StageSpec {
  readonly name: string;
  readonly operand: Value;
}

const mostStages = 1000;
/** Taken off the end of a pipeline before the others are compiled. */
export const outputs: ReadonlySet<string> = new Set(['$out', '$merge']);

export function stageSpecs(pipeline: MaybeValue): StageSpec[] {
  if (!isArray(pipeline)) throw fail('TypeMismatch', `'pipeline' option must be specified as an array`);
  if (pipeline.length > mostStages)
    throw fail('FailedToParse', `Pipeline length must be no longer than ${mostStages} stages.`);
  return pipeline.map((stage) => {
    const [name] = stage instanceof Doc ? stage.keys : [];
    if (!(stage instanceof Doc) || name === undefined || stage.size !== 1) {
      throw failAt(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    return { name, operand: stage.get(name) as Value };
  });
}

export function compileStages(
  specs: readonly StageSpec[],
  context: PipelineContext,
  further: Readonly<Record<string, StageParser>>,
): Stage[] {
  return specs.map(({ name, operand }, i) => {
    const direct = documentStage(name, operand, context.execution, context.variables);
    if (direct) return (input) => mapped(input, direct);
    const parser = Object.hasOwn(basic, name)
      ? basic[name]
      : Object.hasOwn(further, name)
        ? further[name]
        : undefined;
    if (outputs.has(name)) throw failAt(40601, `${name} can only be the final stage in the pipeline`);
    if (name === '$changeStream')
      throw failAt(40573, 'The $changeStream stage is only supported on replica sets');
    if (!parser) throw failAt(40324, `Unrecognized pipeline stage name: '${name}'`);
    return parser(operand, context, specs.slice(i + 1));
  });
}

export const through = (source: Steps<Doc>, stages: readonly Stage[]): Steps<Doc> =>
  stages.reduce((steps, stage) => stage(steps), source);

function wholeNumber(operand: Value, code: number, message: string, least: number): number {
  const number = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isSafeInteger(number) || number < least) throw failAt(code, message);
  return number;
}

/** A following `$limit` (with `$skip`s before it) bounds what a sort must keep. */
function limitAfter(following: readonly StageSpec[]): number {
  let skip = 0;
  for (const { name, operand } of following) {
    if (name === '$limit' && isNumeric(operand)) return toNumber(operand) + skip;
    if (name !== '$skip' || !isNumeric(operand)) return Infinity;
    skip += toNumber(operand);
  }
  return Infinity;
}

export const docSize = (doc: Doc): number => doc.bytes?.length ?? 64 + doc.size * 48;

const basic: Readonly<Record<string, StageParser>> = {
  $match: (operand, { execution, variables }) => {
    if (!(operand instanceof Doc)) throw failAt(15959, 'the match filter must be an expression in an object');
    const accepts = compileFilter(parseFilter(operand, expressionFilter(execution, variables)));
    return (input) => filtered(input, accepts, execution);
  },
  $sort: (operand, { execution }, following) => {
    if (!(operand instanceof Doc)) throw failAt(15973, 'the $sort key specification must be an object');
    if (operand.size === 0) throw failAt(15976, '$sort stage must have at least one sort key');
    const fields = parseSort(operand);
    const limit = limitAfter(following);
    return (input) => sorted(input, (doc) => sortKey(doc, fields), docSize, execution, limit);
  },
  $limit: (operand) => {
    const limit = wholeNumber(operand, 15958, 'the limit must be a positive number', 1);
    return (input) => limited(input, limit);
  },
  $skip: (operand) => {
    const skip = wholeNumber(operand, 15956, 'Argument to $skip must be a non-negative number', 0);
    return (input) => skipped(input, skip);
  },
  $group: (operand, { execution, variables }) => parseGroup(operand, execution, variables),
  $count: (operand) => {
    if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
      throw failAt(40156, 'the count field must be a non-empty string without $ in front and . inside');
    }
    return (input) => counted(input, operand);
  },
};

function* counted(input: Steps<Doc>, name: string): Steps<Doc> {
  let count = 0;
  for (const doc of input) {
    if (doc === pause) yield pause;
    else count++;
  }
  if (count > 0) yield Doc.of({ [name]: integer(count) });
}
