import { rankOf } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import type { Value } from '../bson/values.js';
import type { FieldTest, Filter } from '../query/filter.js';
import { pause, type Steps } from '../query/execution.js';
import type { IndexPlan, Plan } from './plan.js';
import { walkRanges } from './scan.js';
import type { ScanSource } from './walk-range.js';

/** Texts, ids, truth values and dates: their keys are exact, and a range of them stays within their type. NaN is in no range. */
const exactRanks: ReadonlySet<number> = new Set([15, 35, 40, 45]);
const isExact = (value: Value): boolean =>
  isNumeric(value) ? !Number.isNaN(toNumber(value)) : exactRanks.has(rankOf(value));

/**
 * The plan, where its ranges hold one entry for each document that the filter accepts and no other: who only counts need not
 * read the documents. Conservative: what is not known to be exact is not.
 */
export function coveredPlan(plan: Plan, filter: Filter): IndexPlan | undefined {
  if (plan.kind !== 'index' || plan.merge || plan.index.multikey.some((mark) => mark)) return undefined;
  const tests = conjunction(filter);
  if (!tests) return undefined;
  const bounded = plan.index.fields.slice(0, plan.bounds.length).map(({ path }) => path);
  for (const [path, ofPath] of tests) {
    if (!bounded.includes(path) || /(^|\.)\d+(\.|$)/.test(path) || !areExact(ofPath)) return undefined;
  }
  // Too many ranges to tell apart are taken as one, and those that are empty are left out.
  const told = plan.bounds.reduce((product, { intervals }) => product * intervals.length, 1);
  return plan.ranges.length === told ? plan : undefined;
}

/** Tests by path, where the filter is nothing but tests of fields that must all hold. */
function conjunction(filter: Filter): Map<string, FieldTest[]> | undefined {
  const tests = new Map<string, FieldTest[]>();
  const isPlain = (part: Filter): boolean => {
    if (part.kind === 'and') return part.filters.every(isPlain);
    if (part.kind !== 'field') return false;
    tests.set(part.path, [...(tests.get(part.path) ?? []), part.test]);
    return true;
  };
  return isPlain(filter) && tests.size > 0 ? tests : undefined;
}

function areExact(tests: readonly FieldTest[]): boolean {
  const [one, other] = tests;
  if (!one || tests.length > 2) return false;
  if (other) return isRange(one, other) || isRange(other, one);
  switch (one.op) {
    case 'eq':
    case 'gt':
    case 'gte':
      return isExact(one.value);
    case 'lt':
    case 'lte':
      // NaN lies below all other numbers.
      return isExact(one.value) && !isNumeric(one.value);
    case 'in':
      return one.patterns.length === 0 && one.values.every(isExact);
    default:
      return false;
  }
}

const isRange = (low: FieldTest, high: FieldTest): boolean =>
  (low.op === 'gt' || low.op === 'gte') &&
  (high.op === 'lt' || high.op === 'lte') &&
  isExact(low.value) &&
  isExact(high.value) &&
  rankOf(low.value) === rankOf(high.value);

/** An empty document for each entry. */
export function* scanCovered(source: ScanSource, plan: IndexPlan): Steps<Doc> {
  const { records, execution } = source;
  if (plan.points) {
    for (const { start } of plan.ranges) {
      if (records.lookup(plan.index, start) !== undefined) {
        execution.keysExamined++;
        yield Doc.empty;
      }
      if (execution.pauseDue) yield pause;
    }
    return;
  }
  for (const position of walkRanges(source, plan)) yield position === pause ? pause : Doc.empty;
}
