import { ALWAYS_OPEN } from '../calendar/always-open.js';
import { BusinessCalendar } from '../calendar/business-calendar.js';
import { Instant } from '../instant.js';

/** The event that began or ended something, so that every span of a clock can be traced to the log. */
export interface EventRef {
  readonly id: string;
  readonly type: string;
  readonly revision?: number;
}

/** Half-open; without `to` it goes on. */
export interface Pause {
  readonly from: Instant;
  readonly to?: Instant;
  readonly pausedBy?: EventRef;
  readonly resumedBy?: EventRef;
}

/** Wall time, or the open time of a calendar. Pauses and targets are in the same kind. */
export type ClockKind =
  { readonly kind: 'wall' } | { readonly kind: 'business'; readonly calendar: BusinessCalendar };

export type ClockInput = ClockKind & {
  readonly start: Instant;
  readonly startedBy?: EventRef;
  readonly stop?: Instant;
  readonly stoppedBy?: EventRef;
  readonly pauses?: readonly Pause[];
  /** Milliseconds of the clock's own kind. */
  readonly target?: number;
  readonly now: Instant;
};

export function calendarOf(clock: ClockKind): BusinessCalendar {
  return clock.kind === 'wall' ? ALWAYS_OPEN : clock.calendar;
}
