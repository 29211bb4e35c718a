import { BusinessCalendar } from '../calendar/business-calendar.js';
import { Instant, SECOND } from '../instant.js';
import { ClockInput } from './clock-input.js';
import { judgeClock } from './compute-clock.js';
import { LedgerSpan, ledgerOf } from './ledger.js';
import { countedUntil, stretchesOf } from './stretches.js';

export interface PreviewInput {
  readonly calendar: BusinessCalendar;
  /** Milliseconds of business time. */
  readonly target: number;
  readonly start: Instant;
  readonly end?: Instant;
  readonly pauses?: readonly { readonly from: Instant; readonly to?: Instant }[];
}

export interface Preview {
  readonly due: Instant | null;
  readonly dueUnknown: 'paused' | 'beyond-horizon' | null;
  /** Seconds of business time, unrounded: to the end, or to the due moment if no end was asked about. */
  readonly elapsed: number;
  /** null if no end was asked about. */
  readonly compliant: boolean | null;
  readonly ledger: readonly LedgerSpan[];
}

/**
 * Without an end the account runs to the due moment, which shows how it comes about. If no due moment can be told, it
 * stops where the last thing known happened: the beginning of the last pause, or the start.
 */
export function preview({ calendar, target, start, end, pauses = [] }: PreviewInput): Preview {
  const clock: ClockInput = {
    kind: 'business',
    calendar,
    start,
    stop: end,
    pauses,
    target,
    now: end ?? start,
  };
  const { due, dueUnknown } = judgeClock(clock);
  const stretches = stretchesOf(start, undefined, pauses);
  const until = end ?? due ?? stretches.at(-1)?.from ?? start;
  return {
    due,
    dueUnknown: dueUnknown === 'no-target' ? null : dueUnknown,
    elapsed: countedUntil(stretches, calendar, until) / SECOND,
    compliant: end === undefined ? null : due === null || end <= due,
    ledger: ledgerOf(stretches, calendar, until),
  };
}
