import { compare, rankOf } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { failAt, fail } from '../errors.js';
import { documentExpression } from '../expression/filter-expression.js';
import { namedArguments } from '../expression/operator.js';
import { pause, type Steps } from '../query/execution.js';
import { canonicalKey } from '../query/compile-filter.js';
import { sorted } from '../query/sorter.js';
import { parseGroup } from './group.js';
import { docSize, type PipelineContext, type StageParser } from './pipeline.js';
import { mapped } from './steps.js';

const keyField = '\u0001bucket';
const countOutput = Doc.of({ count: Doc.of({ $sum: 1 }) });

/** Groups by a value computed beforehand, then sorts by it. */
function grouping(
  context: PipelineContext,
  output: MaybeValue,
  keyOf: (doc: Doc) => Value,
  input: Steps<Doc>,
): Steps<Doc> {
  const fields = output instanceof Doc ? output : countOutput;
  const spec = Doc.fromLists(['_id', ...fields.keys], [`$${keyField}`, ...fields.values]);
  const group = parseGroup(spec, context.execution, context.variables);
  return group(mapped(input, (doc) => doc.with(keyField, keyOf(doc))));
}

function byId(input: Steps<Doc>, context: PipelineContext): Steps<Doc> {
  return sorted(input, (doc) => canonicalKey(doc.get('_id')), docSize, context.execution);
}

export const bucketStage: StageParser = (operand, context) => {
  const args = namedArguments(
    operand,
    ['groupBy', 'boundaries', 'default', 'output'],
    ['groupBy', 'boundaries'],
    '$bucket',
  );
  const boundaries = args.get('boundaries');
  if (!isArray(boundaries) || boundaries.length < 2)
    throw failAt(40191, `The $bucket 'boundaries' field must have at least 2 values`);
  for (let i = 1; i < boundaries.length; i++) {
    if (rankOf(boundaries[i - 1]) !== rankOf(boundaries[i])) {
      const types = `${nameOfValue(boundaries[i - 1])} and ${nameOfValue(boundaries[i])}`;
      throw failAt(
        40193,
        `All values in the 'boundaries' option to $bucket must have the same type. Found conflicting types ${types}.`,
      );
    }
    if (compare(boundaries[i - 1], boundaries[i]) >= 0)
      throw failAt(40194, `The 'boundaries' option to $bucket must be sorted in ascending order`);
  }
  const evaluate = documentExpression(args.get('groupBy') as Value, context.execution, context.variables);
  const otherwise = args.get('default');
  if (
    otherwise !== undefined &&
    compare(otherwise, boundaries[0]) >= 0 &&
    compare(otherwise, boundaries.at(-1)) < 0
  )
    throw failAt(
      40199,
      `The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.`,
    );
  const keyOf = (doc: Doc): Value => {
    const value = evaluate(doc) ?? null;
    const above = boundaries.findIndex((boundary) => compare(value, boundary) < 0);
    if (above > 0) return boundaries[above - 1] as Value;
    if (otherwise === undefined) {
      throw failAt(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    }
    return otherwise;
  };
  return (input) => byId(grouping(context, args.get('output'), keyOf, input), context);
};

export const sortByCountStage: StageParser = (operand, context) => {
  const isExpression = (typeof operand === 'string' && operand.startsWith('$')) || operand instanceof Doc;
  if (!isExpression)
    throw failAt(
      40149,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  const group = parseGroup(
    Doc.of({ _id: operand, count: Doc.of({ $sum: 1 }) }),
    context.execution,
    context.variables,
  );
  const descending = (doc: Doc) => canonicalKey(-toNumber(doc.get('count') as number));
  return (input) => sorted(group(input), descending, docSize, context.execution);
};

interface Keyed {
  readonly doc: Doc;
  readonly value: Value;
}

/** Buckets of about equal numbers; equal values stay together. */
export const bucketAutoStage: StageParser = (operand, context) => {
  const args = namedArguments(
    operand,
    ['groupBy', 'buckets', 'output', 'granularity'],
    ['groupBy', 'buckets'],
    '$bucketAuto',
  );
  if (args.has('granularity'))
    throw fail('NotImplemented', `'granularity' of $bucketAuto is not supported by this server`);
  const wanted = args.get('buckets');
  const buckets = isNumeric(wanted) ? toNumber(wanted) : NaN;
  if (!Number.isInteger(buckets) || buckets < 1)
    throw failAt(40243, `The $bucketAuto 'buckets' field must be greater than 0`);
  const evaluate = documentExpression(args.get('groupBy') as Value, context.execution, context.variables);
  return function* (input: Steps<Doc>): Steps<Doc> {
    const keyed = mapped(input, (doc): Keyed => ({ doc, value: evaluate(doc) ?? null }));
    const items: Keyed[] = [];
    for (const item of sorted(
      keyed,
      ({ value }) => canonicalKey(value),
      ({ doc }) => docSize(doc),
      context.execution,
    )) {
      if (item === pause) yield pause;
      else items.push(item);
    }
    const bounds = edges(items, buckets);
    for (const [i, { start, end }] of bounds.entries()) {
      const next = bounds[i + 1];
      const id = Doc.of({ min: items[start]?.value, max: items[next ? next.start : end - 1]?.value });
      const docs = items.slice(start, end).map(({ doc }) => doc);
      for (const result of grouping(context, args.get('output'), () => id, replay(docs))) yield result;
    }
  };
};

function edges(items: readonly Keyed[], buckets: number): { start: number; end: number }[] {
  const size = Math.max(1, Math.round(items.length / buckets));
  const found: { start: number; end: number }[] = [];
  let start = 0;
  while (start < items.length) {
    let end = found.length === buckets - 1 ? items.length : Math.min(items.length, start + size);
    while (end < items.length && compare(items[end]?.value, items[end - 1]?.value) === 0) end++;
    found.push({ start, end });
    start = end;
  }
  return found;
}

function* replay(docs: readonly Doc[]): Steps<Doc> {
  yield* docs;
}
