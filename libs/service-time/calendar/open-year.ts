import { DAY } from '../instant.js';
import { DayPlan } from './day-plan.js';
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
  const local = localUnion(plan, begin, Date.UTC(year + 1, 0, 1));
  const union = new SpanUnion();
  for (const { from, to, offset } of segments) {
    local.forEach((opens, closes) => {
      const start = Math.max(opens - offset, from);
      const end = Math.min(closes - offset, to);
      if (start < end) union.add(start, end);
    });
  }
  return union.sealed(begin);
}

/** Local spans that any zone's clock can show during the year: offsets reach 14 hours, shifts a day past their own. */
function localUnion(plan: DayPlan, begin: number, end: number): SpanUnion {
  const union = new SpanUnion();
  for (let day = begin / DAY - 3; day <= end / DAY + 2; day++) {
    for (const span of plan(day)) union.add(day * DAY + span.from, day * DAY + span.to);
  }
  return union;
}

/**
 * Spans in the order of their beginnings, touching and overlapping ones as one: time is counted once. Plain numbers in
 * place of objects, since a year has hundreds of spans and is worked out while somebody waits.
 */
class SpanUnion {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  add(from: number, to: number): void {
    const last = this.ends.length - 1;
    const lastEnd = this.ends[last];
    if (lastEnd !== undefined && from <= lastEnd) {
      if (to > lastEnd) this.ends[last] = to;
    } else {
      this.starts.push(from);
      this.ends.push(to);
    }
  }

  forEach(visit: (from: number, to: number) => void): void {
    for (let index = 0; index < this.starts.length; index++) {
      visit(this.starts[index] ?? 0, this.ends[index] ?? 0);
    }
  }

  sealed(begin: number): OpenYear {
    const before = new Float64Array(this.starts.length + 1);
    let total = 0;
    let index = 0;
    this.forEach((from, to) => {
      total += to - from;
      before[++index] = total;
    });
    return { begin, starts: new Float64Array(this.starts), ends: new Float64Array(this.ends), before, total };
  }
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
