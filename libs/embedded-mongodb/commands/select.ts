import { Doc } from '../bson/doc.js';
import type { MaybeValue } from '../bson/values.js';
import { pause, type Execution, type Steps } from '../query/execution.js';
import { inWrite, type Engine } from '../engine.js';
import { fail } from '../errors.js';
import type { Feed } from '../aggregate/feed.js';
import { coveredPlan, scanCovered } from '../plan/covered.js';
import { choosePlan } from '../plan/planner.js';
import type { Plan, SortField, Wish } from '../plan/plan.js';
import { scan, type Found } from '../plan/scan.js';
import { compileFilter, type Predicate } from '../query/compile-filter.js';
import type { Filter } from '../query/filter.js';
import { parseFilter } from '../query/parse-filter.js';
import { parseSort, sortKey } from '../query/sort-key.js';
import { sorted } from '../query/sorter.js';
import type { CollectionEntry } from '../storage/catalog.js';
import { toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import { expressionFilter } from '../expression/filter-expression.js';

/** Which documents, in which order: what find, update, delete and the head of a pipeline have in common. */
export interface Selection {
  readonly filter: Filter;
  readonly accepts: Predicate;
  readonly sort: readonly SortField[] | undefined;
  readonly natural: 1 | -1 | undefined;
  readonly hint: string | Doc | undefined;
}

export function parseSelection(
  query: Doc,
  execution: Execution,
  options: { sort?: MaybeValue; hint?: MaybeValue; variables?: ReadonlyMap<string, MaybeValue> } = {},
): Selection {
  const filter = parseFilter(query, expressionFilter(execution, options.variables));
  const { hint } = options;
  if (hint !== undefined && typeof hint !== 'string' && !(hint instanceof Doc)) {
    throw fail('FailedToParse', 'Hint must be a string or an object');
  }
  const natural = naturalOf(options.sort) ?? naturalOf(hint);
  const sort =
    options.sort instanceof Doc && options.sort.size > 0 && naturalOf(options.sort) === undefined
      ? parseSort(options.sort)
      : undefined;
  return {
    filter,
    accepts: compileFilter(filter),
    sort,
    natural,
    hint: hint instanceof Doc && hint.size === 0 ? undefined : hint,
  };
}

function naturalOf(value: MaybeValue): 1 | -1 | undefined {
  const natural = value instanceof Doc ? value.get('$natural') : undefined;
  if (natural === undefined) return undefined;
  const direction = isNumeric(natural) ? toNumber(natural) : NaN;
  if (direction !== 1 && direction !== -1) throw fail('BadValue', '$natural must be 1 or -1');
  return direction;
}

export function planOf(engine: Engine, collection: CollectionEntry, selection: Wish): Plan {
  return choosePlan(engine.environment, collection, selection);
}

/**
 * @param limit how many of them are wanted at most, after the sort
 * @param views documents that live until the next one only, where no sort holds them
 */
export function select(
  engine: Engine,
  collection: CollectionEntry,
  selection: Selection,
  execution: Execution,
  limit = Infinity,
  views = false,
): Steps<Found> {
  const plan = planOf(engine, collection, selection);
  const { sort } = selection;
  const inOrder = !sort || plan.sorted;
  const { environment, records } = engine;
  const source = { environment, records, collection, execution, views: views && inOrder };
  const found = scan(source, plan, selection.accepts);
  if (inOrder) return found;
  const size = ({ doc }: Found) => doc.bytes?.length ?? 0;
  return sorted(found, ({ doc }) => sortKey(doc, sort), size, execution, limit);
}

/** The documents handed over one by one; undefined where a sort must hold them first. */
export function feedFrom(
  engine: Engine,
  collection: CollectionEntry,
  selection: Selection,
  execution: Execution,
): Feed | undefined {
  const plan = planOf(engine, collection, selection);
  if (selection.sort && !plan.sorted) return undefined;
  const { environment, records } = engine;
  return (take) =>
    scan({ environment, records, collection, execution, take }, plan, selection.accepts) as Steps<never>;
}

/** An empty document for each match, from the index alone; undefined where the documents have to be looked at. */
export function selectCovered(
  engine: Engine,
  collection: CollectionEntry,
  selection: Selection,
  execution: Execution,
): Steps<Doc> | undefined {
  const plan = coveredPlan(planOf(engine, collection, selection), selection.filter);
  const { environment, records } = engine;
  return plan && scanCovered({ environment, records, collection, execution }, plan);
}

/**
 * The first match, within a write.
 * @param views as a view that the next read overwrites, where no sort holds it
 */
export function* first(
  engine: Engine,
  collection: CollectionEntry,
  selection: Selection,
  execution: Execution,
  views = false,
): Generator<typeof pause, Found | undefined> {
  let found: Found | undefined;
  yield* inWrite(select(engine, collection, selection, execution, 1, views), execution, (item) => {
    found = item;
    return true;
  });
  return found;
}

/** The records that match now; they are looked at again one by one when their turn comes. */
export function* all(
  engine: Engine,
  collection: CollectionEntry,
  selection: Selection,
  execution: Execution,
): Generator<typeof pause, number[]> {
  const records: number[] = [];
  yield* inWrite(select(engine, collection, selection, execution), execution, ({ record }) => {
    records.push(record);
    return false;
  });
  return records;
}
