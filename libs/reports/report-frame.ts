import type { Names } from '#libs/event-contracts/index.js';
import type { CodedDimension, Dimension } from './grouping/dimensions.js';

/** Half-open, both ISO 8601 UTC with milliseconds. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What is asked, with all that the answer depends on besides the facts. */
export interface ReportFrame extends Period {
  /** The moment at which it is asked: what is open or late is judged at `to`, but never later than now. */
  readonly now: string;
  readonly groupBy: readonly Dimension[];
  /** Zone in which months and weeks begin. */
  readonly timeZone: string;
  /** Level of the call tree that `callTree` groups by, 1 for the main categories; without it, the node itself. */
  readonly depth?: number;
  /** The node first, then its ancestors. */
  nodePath(callTree: string): readonly string[];
  /** What a code is called; without it, groups have no names. */
  namesOf?(this: void, dimension: CodedDimension, code: string | null): Names | undefined;
}

export function isWithin({ from, to }: Period, moment: string | null): moment is string {
  return moment !== null && from <= moment && moment < to;
}

export function endOf({ to, now }: Pick<ReportFrame, 'to' | 'now'>): string {
  return now < to ? now : to;
}

/** What is open at the end has no moment of its own in the period: it belongs to the last millisecond of it. */
export function lastMomentOf(frame: Pick<ReportFrame, 'to' | 'now'>): string {
  return new Date(Date.parse(endOf(frame)) - 1).toISOString();
}

/** Takes facts one by one and keeps figures only, so that memory does not grow with the number of complaints. */
export interface Aggregator<Fact, Figures> {
  add(fact: Fact): void;
  finish(): Figures;
}

export async function aggregate<Fact, Figures>(
  facts: AsyncIterable<Fact> | Iterable<Fact>,
  aggregator: Aggregator<Fact, Figures>,
): Promise<Figures> {
  for await (const fact of facts) aggregator.add(fact);
  return aggregator.finish();
}
