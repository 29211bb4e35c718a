import { Instant, plus } from '../instant.js';
import { BusinessCalendar, OpenSpan } from './business-calendar.js';

function* whole(from: Instant, to: Instant): Generator<OpenSpan> {
  if (to > from) yield { from, to };
}

/** Wall time as a calendar, so that both kinds of clock run through the same code. */
export const ALWAYS_OPEN: BusinessCalendar = {
  timeZone: 'UTC',
  elapsed: (from, to) => Math.max(0, to - from),
  dueAt: (start, target) => ({ found: true, at: plus(start, Math.max(0, target)) }),
  isOpen: () => true,
  openSpans: whole,
};
