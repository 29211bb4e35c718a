import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import { Pattern, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { checkNamespace } from '../commands/command.js';
import { documentExpression } from '../expression/filter-expression.js';
import { namedArguments } from '../expression/operator.js';
import { checkVariableName } from '../expression/scope.js';
import { sizeOfValue } from '../expression/sized.js';
import { documentPath } from '../keys/index-keys.js';
import { pause, type Steps } from '../query/execution.js';
import { outputs, stageSpecs, type PipelineContext, type StageParser, type StageSpec } from './pipeline.js';
import { set } from './unwind.js';

const deepest = 20;
const largestJoin = 64 * 1024 * 1024;

export function nested(context: PipelineContext): PipelineContext {
  if (context.depth >= deepest)
    throw failAt(5108000, `Maximum number of nested sub-pipelines exceeded: ${deepest}`);
  return { ...context, depth: context.depth + 1 };
}

export function innerSpecs(pipeline: MaybeValue): StageSpec[] {
  const specs = stageSpecs(pipeline);
  const odd = specs.find(({ name }) => outputs.has(name));
  if (odd) throw failAt(51047, `${odd.name} is not allowed within a sub-pipeline`);
  return specs;
}

function collectionText(value: MaybeValue, db: string, stage: string): string {
  if (typeof value !== 'string')
    throw fail('FailedToParse', `${stage} 'from' must be the name of a collection`);
  checkNamespace(db, value);
  return value;
}

export const lookupStage: StageParser = (operand, outer) => {
  const context = nested(outer);
  const names = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];
  const args = namedArguments(operand, names, ['from', 'as'], '$lookup');
  const from = collectionText(args.get('from'), context.db, '$lookup');
  const as = textArgument(args, 'as')?.split('.') ?? [];
  const local = textArgument(args, 'localField')?.split('.');
  const foreign = textArgument(args, 'foreignField');
  if ((local === undefined) !== (foreign === undefined)) {
    throw fail(
      'FailedToParse',
      '$lookup requires both or neither of localField and foreignField to be specified',
    );
  }
  const pipeline = args.get('pipeline');
  if (local === undefined && pipeline === undefined) {
    throw fail(
      'FailedToParse',
      `$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified`,
    );
  }
  const specs = pipeline === undefined ? [] : innerSpecs(pipeline);
  const variables = letVariables(args.get('let'), context);
  return function* (input: Steps<Doc>): Steps<Doc> {
    for (const doc of input) {
      if (doc === pause) {
        yield pause;
        continue;
      }
      const join: StageSpec[] =
        local && foreign !== undefined ? [{ name: '$match', operand: joinFilter(doc, local, foreign) }] : [];
      const inner = { ...context, variables: variables(doc) };
      const found: Value[] = [];
      let bytes = 0;
      for (const item of context.open(inner, from, [...join, ...specs])) {
        if (item === pause) {
          yield pause;
          continue;
        }
        found.push(item);
        bytes += sizeOfValue(item);
        if (bytes > largestJoin)
          throw fail(
            'ExceededMemoryLimit',
            `Total size of documents in ${from} matching pipeline's $lookup stage exceeds ${largestJoin} bytes`,
          );
      }
      yield set(doc, as, found);
      if (context.execution.pauseDue) yield pause;
    }
  };
};

function textArgument(args: Doc, name: string): string | undefined {
  const value = args.get(name);
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw fail('FailedToParse', `$lookup argument '${name}' must be a string`);
}

/** Equal to the local value, or to any element of it; missing is null. */
function joinFilter(doc: Doc, local: readonly string[], foreign: string): Doc {
  const values = documentPath(doc, local).flatMap((value) => (isArray(value) ? [...value] : [value ?? null]));
  const wanted = values.length > 0 ? values : [null];
  // A pattern would match texts; here it only equals itself.
  const plain = wanted.filter((value) => !(value instanceof Pattern));
  return Doc.of({ [foreign]: Doc.of({ $in: plain }) });
}

function letVariables(
  spec: MaybeValue,
  context: PipelineContext,
): (doc: Doc) => ReadonlyMap<string, MaybeValue> {
  const outer = context.variables ?? new Map<string, MaybeValue>();
  if (spec === undefined) return () => outer;
  if (!(spec instanceof Doc)) throw fail('FailedToParse', `$lookup argument 'let' must be an object`);
  const evaluated = [...spec.entries()].map(([name, expression]) => {
    checkVariableName(name);
    return { name, evaluate: documentExpression(expression, context.execution, context.variables) };
  });
  return (doc) => {
    const variables = new Map(outer);
    for (const { name, evaluate } of evaluated) variables.set(name, evaluate(doc));
    return variables;
  };
}

export const unionWithStage: StageParser = (operand, outer) => {
  const context = nested(outer);
  const spec = operand instanceof Doc ? operand : Doc.of({ coll: operand });
  const args = namedArguments(spec, ['coll', 'pipeline'], ['coll'], '$unionWith');
  const name = collectionText(args.get('coll'), context.db, '$unionWith');
  const specs = innerSpecs(args.get('pipeline') ?? []);
  return function* (input: Steps<Doc>): Steps<Doc> {
    yield* input;
    yield* context.open(context, name, specs);
  };
};
