import { DAY } from '../instant.js';
import { DayPlan } from './day-plan.js';
import { LocalSpan, mergeSpans } from './local-span.js';
import { OffsetSegment } from './zone-offsets.js';

/** The open time of one UTC year: sorted disjoint half-open spans, with the open time before each of them. */
export interface OpenYear {
  readonly begin: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** `before[i]` is the open time of the year before span i; one more entry holds the whole year's. */
  readonly before: Float64Array;
  readonly total: number;
}

/**
 * An instant is open if the local wall clock shows an open time at it. So each stretch of one offset takes the local
 * spans that its clock runs through: a local time that is skipped never happens, one that happens twice counts twice.
 */
export function openYearOf(plan: DayPlan, segments: readonly OffsetSegment[], year: number): OpenYear {
  const begin = Date.UTC(year, 0, 1);
  const local = localSpans(plan, begin, Date.UTC(year + 1, 0, 1));
  const instants: LocalSpan[] = [];
  for (const { from, to, offset } of segments) {
    for (const span of local) {
      if (span.to - offset <= from) continue;
      if (span.from - offset >= to) break;
      instants.push({ from: Math.max(span.from - offset, from), to: Math.min(span.to - offset, to) });
    }
  }
  return withPrefixSums(begin, mergeSpans(instants));
}

/** Local spans that any zone's clock can show during the year: offsets reach 14 hours, shifts a day past their own. */
function localSpans(plan: DayPlan, begin: number, end: number): LocalSpan[] {
  const spans: LocalSpan[] = [];
  for (let day = begin / DAY - 3; day <= end / DAY + 2; day++) {
    for (const span of plan(day)) spans.push({ from: day * DAY + span.from, to: day * DAY + span.to });
  }
  return mergeSpans(spans.sort((a, b) => a.from - b.from));
}

function withPrefixSums(begin: number, spans: readonly LocalSpan[]): OpenYear {
  const starts = Float64Array.from(spans, (span) => span.from);
  const ends = Float64Array.from(spans, (span) => span.to);
  const before = new Float64Array(spans.length + 1);
  spans.forEach((span, index) => {
    before[index + 1] = (before[index] ?? 0) + span.to - span.from;
  });
  return { begin, starts, ends, before, total: before[spans.length] ?? 0 };
}

/** How many spans begin at or before the instant. */
export function spansBegun(year: OpenYear, at: number): number {
  let low = 0;
  let high = year.starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((year.starts[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Open time of the year before the instant. */
export function openBefore(year: OpenYear, at: number): number {
  const begun = spansBegun(year, at);
  if (begun === 0) return 0;
  const last = begun - 1;
  const whole = year.before[last] ?? 0;
  return whole + Math.min(at, year.ends[last] ?? 0) - (year.starts[last] ?? 0);
}

/** The earliest instant of the year before which the year was open for `amount`, which is more than 0 and at most the total. */
export function whenOpenFor(year: OpenYear, amount: number): number {
  let low = 0;
  let high = year.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((year.before[middle + 1] ?? 0) >= amount) high = middle;
    else low = middle + 1;
  }
  return (year.starts[low] ?? 0) + amount - (year.before[low] ?? 0);
}
