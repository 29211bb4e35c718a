import { BusinessCalendar } from '../calendar/business-calendar.js';
import { earlier, Instant } from '../instant.js';
import { EventRef } from './clock-input.js';
import { Stretch } from './stretches.js';

/** One line of the account of a clock. The `counted` of all lines add up to its elapsed time, to the millisecond. */
export interface LedgerSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly state: 'running' | 'paused' | 'outside-hours';
  /** The event under which this part of the clock's life began; closing hours within it have the same. */
  readonly by: EventRef | null;
  readonly counted: number;
}

/** A clock of years on split days has thousands of lines; beyond this many, one line stands for a whole stretch. */
export const MOST_LEDGER_SPANS = 5000;

export function ledgerOf(
  stretches: readonly Stretch[],
  calendar: BusinessCalendar,
  end: Instant,
  most = MOST_LEDGER_SPANS,
): LedgerSpan[] {
  const ledger: LedgerSpan[] = [];
  for (const stretch of stretches) {
    if (stretch.from >= end) break;
    const to = stretch.to === undefined ? end : earlier(stretch.to, end);
    const by = stretch.by ?? null;
    if (stretch.state === 'paused') {
      ledger.push({ from: stretch.from, to, state: 'paused', by, counted: 0 });
      continue;
    }
    const room = most - ledger.length;
    const lines = openAndClosed(calendar, stretch.from, to, by, room);
    if (lines !== undefined) for (const line of lines) ledger.push(line);
    else {
      const counted = calendar.elapsed(stretch.from, to);
      ledger.push({ from: stretch.from, to, state: 'running', by, counted });
    }
  }
  return ledger;
}

function openAndClosed(
  calendar: BusinessCalendar,
  from: Instant,
  to: Instant,
  by: EventRef | null,
  most: number,
): LedgerSpan[] | undefined {
  const lines: LedgerSpan[] = [];
  let cursor = from;
  for (const open of calendar.openSpans(from, to)) {
    if (lines.length + 2 > most) return undefined;
    if (open.from > cursor)
      lines.push({ from: cursor, to: open.from, state: 'outside-hours', by, counted: 0 });
    lines.push({ from: open.from, to: open.to, state: 'running', by, counted: open.to - open.from });
    cursor = open.to;
  }
  if (cursor < to) lines.push({ from: cursor, to, state: 'outside-hours', by, counted: 0 });
  return lines;
}
