import type { FieldTest, Filter } from '../query/filter.js';
import type { IndexEntry } from '../storage/catalog.js';
import { after, boundsOf, intersect, rangeIn, type FieldBounds, type KeyRange } from './bounds.js';
import type { IndexPlan, SortField } from './plan.js';

/** More ranges than this cost more to go through than they save. */
const mostRanges = 10_000;
const mostMerged = 200;

export interface Candidate extends IndexPlan {
  /** Leading fields that are bound to single values, then whether a range follows. */
  readonly bound: number;
  readonly ranged: boolean;
}

/** The tests that must all hold, by path. */
export function testsByPath(filter: Filter): Map<string, FieldTest[]> {
  const tests = new Map<string, FieldTest[]>();
  const add = (path: string, test: FieldTest) => {
    const known = tests.get(path);
    if (known) known.push(test);
    else tests.set(path, [test]);
  };
  const visit = (part: Filter, prefix: string) => {
    if (part.kind === 'and') for (const inner of part.filters) visit(inner, prefix);
    if (part.kind !== 'field') return;
    const path = prefix + part.path;
    if (part.test.op === 'all') for (const inner of part.test.tests) visit({ ...part, test: inner }, prefix);
    else if (part.test.op === 'elementObject') visit(part.test.filter, `${path}.`);
    else add(path, part.test);
  };
  visit(filter, '');
  return tests;
}

/** Conditions on an array hold for its elements one by one: two of them may be met by two elements. */
function fieldBounds(tests: readonly FieldTest[], multikey: boolean): FieldBounds | undefined {
  const all = tests.map(boundsOf).filter((bounds) => bounds !== undefined);
  const points = all.filter((bounds) => bounds.points);
  if (points.length > 0) return points.reduce((a, b) => (b.intervals.length < a.intervals.length ? b : a));
  return multikey ? all[0] : all.reduce<FieldBounds | undefined>(intersect, undefined);
}

interface Prefixes {
  bounds: FieldBounds[];
  ranges: KeyRange[];
  single: boolean[];
  bound: number;
  ranged: boolean;
  usesMissing: boolean;
}

export function candidateFor(
  index: IndexEntry,
  tests: ReadonlyMap<string, readonly FieldTest[]>,
  sort: readonly SortField[] | undefined,
): Candidate | undefined {
  const found = rangesOf(index, tests);
  if (index.sparse && (found.usesMissing || (found.bound === 0 && !found.ranged))) return undefined;
  const order = sort ? orderOf(index, sort, found.single) : undefined;
  const mergeOrder = sort && order === undefined ? mergeOrderOf(index, sort, found) : undefined;
  if (found.bound === 0 && !found.ranged && order === undefined) return undefined;
  return {
    kind: 'index',
    index,
    bounds: found.bounds,
    ranges: found.ranges,
    reverse: (order ?? mergeOrder) === -1,
    points: index.unique && found.bound === index.fields.length,
    merge: mergeOrder === undefined ? undefined : found.ranges.map((range) => range.start.length),
    sorted: order !== undefined || mergeOrder !== undefined,
    bound: found.bound,
    ranged: found.ranged,
  };
}

const everything: KeyRange = { start: Buffer.from([0]), end: Buffer.from([0xff]) };

function rangesOf(index: IndexEntry, tests: ReadonlyMap<string, readonly FieldTest[]>): Prefixes {
  const found: Prefixes = { bounds: [], ranges: [], single: [], bound: 0, ranged: false, usesMissing: false };
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  for (const [i, field] of index.fields.entries()) {
    const bounds = fieldBounds(tests.get(field.path) ?? [], index.multikey[i] === true);
    if (!bounds) break;
    found.bounds.push(bounds);
    if (bounds.includesMissing) found.usesMissing = true;
    const ranges = bounds.intervals.map((interval) => rangeIn(field, interval));
    if (field.descending) ranges.reverse();
    const tooMany = prefixes.length * ranges.length > mostRanges;
    if (!bounds.points || tooMany) {
      found.ranged = true;
      found.ranges = joined(prefixes, tooMany ? hullOf(ranges) : ranges).filter(
        ({ start, end }) => start.compare(end) < 0,
      );
      return found;
    }
    prefixes = joined(prefixes, ranges).map(({ start }) => start);
    found.single[i] = bounds.intervals.length === 1;
    found.bound++;
  }
  found.ranges =
    found.bound === 0 ? [everything] : prefixes.map((prefix) => ({ start: prefix, end: after(prefix) }));
  return found;
}

/** One range from the first to the last; what lies between is sorted out by the filter. */
const hullOf = (ranges: readonly KeyRange[]): KeyRange[] => {
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last ? [{ start: first.start, end: last.end }] : [];
};

const joined = (prefixes: readonly Buffer[], ranges: readonly KeyRange[]): readonly KeyRange[] =>
  prefixes.length === 1 && prefixes[0]?.length === 0
    ? ranges
    : prefixes.flatMap((prefix) =>
        ranges.map(({ start, end }) => ({
          start: Buffer.concat([prefix, start]),
          end: Buffer.concat([prefix, end]),
        })),
      );

/** 1 or -1 if going through the index that way gives the order asked for. */
function orderOf(
  index: IndexEntry,
  sort: readonly SortField[],
  single: readonly boolean[],
): 1 | -1 | undefined {
  let direction: 1 | -1 | undefined;
  let at = 0;
  const fixed = new Set(
    index.fields.filter((_, i) => single[i] && !index.multikey[i]).map(({ path }) => path),
  );
  for (const field of sort) {
    if (fixed.has(field.path)) continue;
    while (at < index.fields.length && fixed.has(index.fields[at]?.path ?? '')) at++;
    const key = index.fields[at];
    if (key?.path !== field.path || index.multikey[at]) return undefined;
    const wanted = key.descending === field.descending ? 1 : -1;
    direction ??= wanted;
    if (direction !== wanted) return undefined;
    at++;
  }
  return direction ?? 1;
}

/** `{team: {$in: […]}}` sorted by `due` on an index of both: the teams' ranges are each in order and can be merged. */
function mergeOrderOf(index: IndexEntry, sort: readonly SortField[], found: Prefixes): 1 | -1 | undefined {
  if (found.ranged || found.bound === 0 || found.ranges.length > mostMerged) return undefined;
  if (index.multikey.some((mark) => mark)) return undefined;
  return orderOf(
    index,
    sort,
    index.fields.map((_, i) => i < found.bound),
  );
}
