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
    for (let index = 0; index < local.size; index++) {
      const start = Math.max((local.starts[index] ?? 0) - offset, from);
      const end = Math.min((local.ends[index] ?? 0) - offset, to);
      if (start < end) union.add(start, end);
    }
  }
  return union.sealed(begin);
}

/** Local spans that any zone's clock can show during the year: offsets reach 14 hours, shifts a day past their own. */
function localUnion(plan: DayPlan, begin: number, end: number): SpanUnion {
  const union = new SpanUnion();
  const last = end / DAY + 2;
  for (let day = begin / DAY - 3; day <= last; day++) {
    const spans = plan(day);
    for (let index = 0; index < spans.length; index++) {
      const span = spans[index];
      if (span !== undefined) union.add(day * DAY + span.from, day * DAY + span.to);
    }
  }
  return union;
}

/**
 * Spans in the order of their beginnings, touching and overlapping ones as one: time is counted once. Plain numbers in
 * place of objects, since a year has hundreds of spans and is worked out while somebody waits.
 */
class SpanUnion {
  size = 0;
  starts = new Float64Array(1024);
  ends = new Float64Array(1024);

  add(from: number, to: number): void {
    const last = this.size - 1;
    if (last >= 0 && from <= (this.ends[last] ?? 0)) {
      if (to > (this.ends[last] ?? 0)) this.ends[last] = to;
      return;
    }
    if (this.size === this.starts.length) this.grow();
    this.starts[this.size] = from;
    this.ends[this.size] = to;
    this.size++;
  }

  private grow(): void {
    const [starts, ends] = [this.starts, this.ends];
    this.starts = new Float64Array(2 * starts.length);
    this.ends = new Float64Array(2 * ends.length);
    this.starts.set(starts);
    this.ends.set(ends);
  }

  sealed(begin: number): OpenYear {
    const starts = this.starts.slice(0, this.size);
    const ends = this.ends.slice(0, this.size);
    const before = new Float64Array(this.size + 1);
    let total = 0;
    for (let index = 0; index < this.size; index++) {
      total += (ends[index] ?? 0) - (starts[index] ?? 0);
      before[index + 1] = total;
    }
    return { begin, starts, ends, before, total };
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
