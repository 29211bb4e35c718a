import { equal } from '../bson/compare.js';
import type { Doc } from '../bson/doc.js';
import { fail } from '../errors.js';
import type { FieldTest, Filter } from '../query/filter.js';
import { indexPrefix } from '../storage/records.js';
import type { CollectionEntry, IndexEntry } from '../storage/catalog.js';
import type { Environment } from '../storage/environment.js';
import { candidateFor, testsByPath, type Candidate } from './candidate.js';
import type { Plan, Wish } from './plan.js';

/** So many entries are counted to compare indexes; beyond, they count as equally long. */
const dive = 500;

export function choosePlan(environment: Environment, collection: CollectionEntry, wish: Wish): Plan {
  const forced = wish.hint === undefined ? undefined : hinted(collection, wish.hint);
  const whole: Plan = { kind: 'collection', reverse: wish.natural === -1, sorted: wish.sort === undefined };
  if (forced === 'natural' || (wish.natural !== undefined && !forced)) return whole;
  const tests = testsByPath(wish.filter);
  const byId = forced ? undefined : pointsById(collection, tests, wish.sort);
  if (byId) return byId;
  const indexes = forced ? [forced] : collection.indexes.filter((index) => index.ready);
  const candidates = indexes
    .map((index) => candidateFor(index, tests, wish.sort))
    .filter((candidate) => candidate !== undefined);
  if (forced) return candidates[0] ?? fullScan(forced);
  return best(environment, candidates) ?? unionPlan(environment, collection, wish.filter) ?? whole;
}

/** Nothing is better than to go to documents by their ids, so nothing else is weighed. */
function pointsById(
  collection: CollectionEntry,
  tests: ReadonlyMap<string, readonly FieldTest[]>,
  sort: Wish['sort'],
): Plan | undefined {
  const [index] = collection.indexes;
  if (index?.name !== '_id_' || !tests.get('_id')?.some(({ op }) => op === 'eq' || op === 'in'))
    return undefined;
  const candidate = candidateFor(index, tests, sort);
  if (!candidate?.points) return undefined;
  return { ...candidate, sorted: candidate.sorted || candidate.ranges.length < 2 };
}

function hinted(collection: CollectionEntry, hint: string | Doc): IndexEntry | 'natural' {
  if (typeof hint !== 'string' && hint.has('$natural')) return 'natural';
  const index = collection.indexes.find((entry) =>
    typeof hint === 'string' ? entry.name === hint : equal(entry.key, hint),
  );
  if (!index?.ready) {
    throw fail(
      'BadValue',
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  return index;
}

function fullScan(index: IndexEntry): Plan {
  const range = { start: Buffer.from([0]), end: Buffer.from([0xff]) };
  return {
    kind: 'index',
    index,
    bounds: [],
    ranges: [range],
    reverse: false,
    points: false,
    merge: undefined,
    sorted: false,
  };
}

function best(environment: Environment, candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const point = candidates.find((candidate) => candidate.points);
  if (point) return point;
  const measured = candidates.map((candidate) => ({ candidate, entries: count(environment, candidate) }));
  measured.sort(
    (a, b) =>
      a.entries - b.entries ||
      Number(b.candidate.sorted) - Number(a.candidate.sorted) ||
      b.candidate.bound - a.candidate.bound ||
      Number(b.candidate.ranged) - Number(a.candidate.ranged),
  );
  return measured[0]?.candidate;
}

/** Entries within the ranges, as far as it matters. */
function count(environment: Environment, { index, ranges }: Candidate): number {
  const store = index.unique ? environment.unique : environment.entries;
  const prefix = indexPrefix(index);
  let entries = 0;
  for (const { start, end } of ranges.slice(0, dive)) {
    const keys = store.getKeys({
      start: Buffer.concat([prefix, start]),
      end: Buffer.concat([prefix, end]),
      limit: dive - entries,
    });
    for (const _ of keys) entries++;
    if (entries >= dive) return dive;
  }
  return entries;
}

function unionPlan(environment: Environment, collection: CollectionEntry, filter: Filter): Plan | undefined {
  const or =
    filter.kind === 'or'
      ? filter
      : filter.kind === 'and'
        ? filter.filters.find((f) => f.kind === 'or')
        : undefined;
  if (or?.kind !== 'or') return undefined;
  const branches = [];
  for (const branch of or.filters) {
    const tests = testsByPath(branch);
    const candidates = collection.indexes
      .filter((index) => index.ready)
      .map((index) => candidateFor(index, tests, undefined))
      .filter((candidate) => candidate !== undefined);
    const plan = best(environment, candidates);
    if (!plan) return undefined;
    branches.push({ filter: branch, plan });
  }
  return { kind: 'union', branches, sorted: false };
}
