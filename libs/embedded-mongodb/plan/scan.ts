import type { Doc } from '../bson/doc.js';
import { Outline } from '../bson/outline.js';
import { keysOf } from '../keys/index-keys.js';
import { compileFilter, type Predicate } from '../query/compile-filter.js';
import { pause, type Steps } from '../query/execution.js';
import { asBuffer, own } from '../storage/records.js';
import { mergeRanges } from './merge-ranges.js';
import type { IndexPlan, Plan } from './plan.js';
import { walkRange, type IndexPosition, type ScanSource } from './walk-range.js';

export interface Found {
  readonly record: number;
  readonly doc: Doc;
}

/** The documents that a plan leads to and the predicate accepts, with bytes of their own. */
export function scan(source: ScanSource, plan: Plan, accepts: Predicate): Steps<Found> {
  switch (plan.kind) {
    case 'collection':
      return scanCollection(source, plan.reverse, accepts);
    case 'index':
      return plan.points ? lookUp(source, plan, accepts) : scanIndex(source, plan, accepts);
    case 'union':
      return scanUnion(source, plan.branches, accepts);
  }
}

interface DocumentRange {
  next(): IteratorResult<{ key: { record: number }; value: Buffer }>;
  return?(): unknown;
}

function* scanCollection(
  { environment, collection, execution, views, take }: ScanSource,
  reverse: boolean,
  accepts: Predicate,
): Steps<Found> {
  const bottom = { collection: collection.id, record: 0 };
  const top = { collection: collection.id, record: 2 ** 48 - 1 };
  const outline = new Outline();
  let last: { collection: number; record: number } | undefined;
  for (;;) {
    const options = reverse
      ? { reverse, start: last ?? top, exclusiveStart: last !== undefined, end: bottom, inclusiveEnd: true }
      : { start: last ?? bottom, exclusiveStart: last !== undefined, end: top };
    const entries = environment.documents
      .getRange(options as never)
      [Symbol.iterator]() as unknown as DocumentRange;
    execution.opened(entries);
    const { epoch } = execution;
    while (epoch === execution.epoch) {
      const next = entries.next();
      if (next.done) {
        execution.closed(entries);
        return;
      }
      const { key, value } = next.value;
      last = { collection: collection.id, record: key.record };
      execution.docsExamined++;
      const view = outline.view(asBuffer(value));
      if (accepts(view)) {
        if (take) take(view);
        else yield { record: key.record, doc: views ? view : own(view) };
      }
      if (execution.pauseDue) yield pause;
    }
  }
}

function* lookUp(
  { records, collection, execution, views, take }: ScanSource,
  plan: IndexPlan,
  accepts: Predicate,
): Steps<Found> {
  const ranges = plan.reverse ? plan.ranges.toReversed() : plan.ranges;
  for (const { start } of ranges) {
    const record = records.lookup(plan.index, start);
    if (record !== undefined) {
      execution.keysExamined++;
      execution.docsExamined++;
      const view = records.view(collection, record);
      if (view && accepts(view)) {
        if (take) take(view);
        else yield { record, doc: views ? view : own(view) };
      }
    }
    if (execution.pauseDue) yield pause;
  }
}

export function* walkRanges(source: ScanSource, plan: IndexPlan): Steps<IndexPosition> {
  const ranges = plan.reverse ? plan.ranges.toReversed() : plan.ranges;
  for (const range of ranges) yield* walkRange(source, plan, range);
}

function* scanIndex(source: ScanSource, plan: IndexPlan, accepts: Predicate): Steps<Found> {
  const { records, collection, execution, views, take } = source;
  const multikey = plan.index.multikey.some((mark) => mark);
  const positions = plan.merge ? mergeRanges(source, plan, plan.merge) : walkRanges(source, plan);
  for (const position of positions) {
    if (position === pause) {
      yield pause;
      continue;
    }
    execution.docsExamined++;
    const view = records.view(collection, position.record);
    if (!view || !accepts(view)) continue;
    if (multikey && !isFirstMeeting(plan, position.key, view)) continue;
    if (take) take(view);
    else yield { record: position.record, doc: views ? view : own(view) };
  }
}

/** A document with several keys within the ranges is given at the first of them, also when the walk was interrupted. */
function isFirstMeeting({ index, ranges, reverse }: IndexPlan, key: Buffer, doc: Doc): boolean {
  const met = keysOf(doc, index.fields, index.sparse).keys.filter((other) =>
    ranges.some(({ start, end }) => start.compare(other) <= 0 && other.compare(end) < 0),
  );
  return met.every((other) => (reverse ? other.compare(key) <= 0 : other.compare(key) >= 0));
}

function* scanUnion(
  source: ScanSource,
  branches: readonly { filter: Parameters<typeof compileFilter>[0]; plan: IndexPlan }[],
  accepts: Predicate,
): Steps<Found> {
  const predicates = branches.map(({ filter }) => compileFilter(filter));
  for (const [i, { plan }] of branches.entries()) {
    const wanted = predicates[i] as Predicate;
    // A branch's ranges may hold what only another branch wants; and what an earlier one has given is not given again.
    const earlier = predicates.slice(0, i);
    yield* scan(
      source,
      plan,
      (doc) => wanted(doc) && accepts(doc) && !earlier.some((matches) => matches(doc)),
    );
  }
}
