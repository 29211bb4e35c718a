import { DayHours } from './calendar-definition.js';
import { parseTimeOfDay } from './time-of-day.js';
import { DAY } from '../instant.js';

/** Half-open, in milliseconds of local wall time: since midnight for a day, since 1970-01-01 00:00 local otherwise. */
export interface LocalSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The opening spans of a day, sorted. A span that ends at or before its beginning runs past midnight, so its end lies
 * beyond 24 hours. Malformed times count as closed: validation has refused them before they get here.
 */
export function spansOfDay(hours: DayHours): LocalSpan[] {
  const spans: LocalSpan[] = [];
  for (const [opens, closes] of hours) {
    const from = parseTimeOfDay(opens);
    const to = parseTimeOfDay(closes);
    if (from === undefined || to === undefined) continue;
    spans.push({ from, to: to <= from ? to + DAY : to });
  }
  return spans.sort((a, b) => a.from - b.from);
}

/** What is left of spans before a closing time of the same day (half-day holidays). */
export function closedFrom(spans: readonly LocalSpan[], closing: number): LocalSpan[] {
  return spans
    .map((span) => ({ from: span.from, to: Math.min(span.to, closing) }))
    .filter((span) => span.to > span.from);
}
