import { rankOf } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { shell } from '../bson/shell.js';
import type { MaybeValue } from '../bson/values.js';
import type { Bound, Interval } from '../plan/bounds.js';
import type { IndexPlan, Plan, SortField } from '../plan/plan.js';

/** What was counted while the plan ran. */
export interface PlanCounts {
  readonly keysExamined: number;
  readonly docsExamined: number;
  /** Documents that the filter accepted, and those that came out of sort and limit. */
  readonly found: number;
  readonly returned: number;
}

interface Asked {
  readonly sort: readonly SortField[] | undefined;
  readonly skip: number;
  readonly limit: number;
  /** No document is read. */
  readonly covered: boolean;
  /** The filter is an id and nothing else. */
  readonly byId: boolean;
}

/** A plan as the server shows it, stage within stage; with counts where it has run. */
export function describePlan(
  plan: Plan,
  { sort, skip, limit, covered, byId }: Asked,
  counts?: PlanCounts,
): Doc {
  const returns = (n: number | undefined) => (n === undefined ? undefined : integer(n));
  let stage = sourceStage(plan, counts);
  if (covered && plan.kind === 'index') stage = countScan(plan, counts);
  else if (byId) stage = idStage(counts);
  if (sort && !plan.sorted) {
    const pattern = Doc.fromLists(
      sort.map(({ path }) => path),
      sort.map(({ descending }) => (descending ? -1 : 1)),
    );
    const nReturned = returns(counts?.returned);
    stage = Doc.of({
      stage: 'SORT',
      nReturned,
      sortPattern: pattern,
      memLimit: 104857600,
      inputStage: stage,
    });
  }
  const kept = counts && Math.max(0, counts.returned - skip);
  if (skip > 0)
    stage = Doc.of({ stage: 'SKIP', nReturned: returns(kept), skipAmount: integer(skip), inputStage: stage });
  if (limit !== Infinity)
    stage = Doc.of({
      stage: 'LIMIT',
      nReturned: returns(kept),
      limitAmount: integer(limit),
      inputStage: stage,
    });
  return stage;
}

function sourceStage(plan: Plan, counts: PlanCounts | undefined): Doc {
  const examined = counts && { nReturned: integer(counts.found), docsExamined: integer(counts.docsExamined) };
  if (plan.kind === 'collection') {
    return Doc.of({ stage: 'COLLSCAN', ...examined, direction: plan.reverse ? 'backward' : 'forward' });
  }
  if (plan.kind === 'union') {
    const branches = plan.branches.map((branch) => scanStage(branch.plan));
    return Doc.of({
      stage: 'FETCH',
      ...examined,
      inputStage: Doc.of({ stage: 'OR', inputStages: branches }),
    });
  }
  const scan = scanStage(plan, counts);
  const inputStage = plan.merge
    ? Doc.of({ stage: 'SORT_MERGE', nReturned: counts && integer(counts.docsExamined), inputStage: scan })
    : scan;
  return Doc.of({ stage: 'FETCH', ...examined, inputStage });
}

function idStage(counts: PlanCounts | undefined): Doc {
  const { keysExamined, docsExamined, found } = counts ?? {};
  const shown = { nReturned: found, keysExamined, docsExamined };
  const figures = Object.entries(shown).map(([name, n]) => [name, n === undefined ? n : integer(n)]);
  return Doc.of({ stage: 'IDHACK', ...(Object.fromEntries(figures) as Record<string, MaybeValue>) });
}

/** As the server shows it for a count: how many entries lie within the bounds. */
function countScan(plan: IndexPlan, counts: PlanCounts | undefined): Doc {
  const scan = scanStage(plan, counts && { ...counts, docsExamined: counts.returned });
  return scan.with('stage', 'COUNT_SCAN');
}

function scanStage(plan: IndexPlan, counts?: PlanCounts): Doc {
  return Doc.of({
    stage: 'IXSCAN',
    ...(counts && { nReturned: integer(counts.docsExamined), keysExamined: integer(counts.keysExamined) }),
    keyPattern: plan.index.key,
    indexName: plan.index.name,
    isMultiKey: plan.index.multikey.some((mark) => mark),
    multiKeyPaths: multikeyPaths(plan.index),
    isUnique: plan.index.unique,
    isSparse: plan.index.sparse,
    isPartial: false,
    indexVersion: 2,
    direction: plan.reverse ? 'backward' : 'forward',
    indexBounds: boundsOfFields(plan),
  });
}

/** Which field has held arrays. Which part of a path has is not kept: then nothing is said. */
function multikeyPaths({ fields, multikey }: IndexPlan['index']): Doc | undefined {
  if (fields.some(({ path }, i) => multikey[i] && path.includes('.'))) return undefined;
  return Doc.fromLists(
    fields.map(({ path }) => path),
    fields.map(({ path }, i) => (multikey[i] ? [path] : [])),
  );
}

/** In the order in which the index is gone through. */
function boundsOfFields({ index, bounds, reverse }: IndexPlan): Doc {
  const fields = index.fields.map(({ descending }, i) => {
    const backward = descending !== reverse;
    const found = bounds[i];
    if (!found) return [backward ? '[MaxKey, MinKey]' : '[MinKey, MaxKey]'];
    const intervals = found.intervals.map((interval) => intervalText(interval, backward));
    return backward ? intervals.reverse() : intervals;
  });
  return Doc.fromLists(
    index.fields.map(({ path }) => path),
    fields,
  );
}

function intervalText({ low, high }: Interval, backward: boolean): string {
  const [lowest, highest] = [edge(low, high, 'low'), edge(high, low, 'high')];
  return backward
    ? `${high.inclusive ? '[' : '('}${highest}, ${lowest}${low.inclusive ? ']' : ')'}`
    : `${low.inclusive ? '[' : '('}${lowest}, ${highest}${high.inclusive ? ']' : ')'}`;
}

/** Where one side of a range is open, it ends with the type of the other. */
const edges: Readonly<Record<number, { low: string; high: string }>> = {
  10: { low: '-inf.0', high: 'inf.0' },
  15: { low: '""', high: '{}' },
  20: { low: '{}', high: '[]' },
  35: { low: `ObjectId('${'0'.repeat(24)}')`, high: `ObjectId('${'f'.repeat(24)}')` },
  40: { low: 'false', high: 'true' },
  45: { low: 'new Date(-9223372036854775808)', high: 'new Date(9223372036854775807)' },
  47: { low: 'Timestamp(0, 0)', high: 'Timestamp(4294967295, 4294967295)' },
};

function edge(bound: Bound, other: Bound, side: 'low' | 'high'): string {
  if (bound.value !== undefined) return shell(bound.value);
  const type: MaybeValue = other.value;
  return (
    (type === undefined ? undefined : edges[rankOf(type)]?.[side]) ?? (side === 'low' ? 'MinKey' : 'MaxKey')
  );
}
