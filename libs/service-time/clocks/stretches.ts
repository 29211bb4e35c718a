import { BusinessCalendar } from '../calendar/business-calendar.js';
import { earlier, Instant, later } from '../instant.js';
import { EventRef, Pause } from './clock-input.js';

/** A part of a clock's life between its start and for ever; only the last has no end. */
export interface Stretch {
  readonly state: 'running' | 'paused';
  readonly from: Instant;
  readonly to?: Instant;
  readonly by?: EventRef;
}

/**
 * Running and paused stretches in turn, from the start on. Pauses may come unsorted, overlap, begin before the start or
 * be empty; what the clock was not there for, or was paused for already, adds nothing.
 */
export function stretchesOf(
  start: Instant,
  startedBy: EventRef | undefined,
  pauses: readonly Pause[],
): Stretch[] {
  const stretches: Stretch[] = [];
  let cursor = start;
  let by = startedBy;
  for (const pause of pauses.length < 2 ? pauses : pauses.toSorted((a, b) => a.from - b.from)) {
    const from = later(pause.from, cursor);
    if (pause.to !== undefined && pause.to <= from) continue;
    if (from > cursor) stretches.push({ state: 'running', from: cursor, to: from, by });
    stretches.push({ state: 'paused', from, to: pause.to, by: pause.pausedBy });
    if (pause.to === undefined) return stretches;
    cursor = pause.to;
    by = pause.resumedBy ?? pause.pausedBy;
  }
  stretches.push({ state: 'running', from: cursor, by });
  return stretches;
}

/** Time counted before `end`. */
export function countedUntil(
  stretches: readonly Stretch[],
  calendar: BusinessCalendar,
  end: Instant,
): number {
  let sum = 0;
  for (const stretch of stretches) {
    if (stretch.from >= end) break;
    if (stretch.state === 'running') {
      sum += calendar.elapsed(stretch.from, stretch.to === undefined ? end : earlier(stretch.to, end));
    }
  }
  return sum;
}

export type ReachedResult =
  | { readonly found: true; readonly at: Instant }
  | { readonly found: false; readonly because: 'paused' | 'beyond-horizon' };

/** The earliest instant at which `amount` has been counted; unknown while a pause without end is in the way. */
export function reachedAt(
  stretches: readonly Stretch[],
  calendar: BusinessCalendar,
  amount: number,
): ReachedResult {
  let left = amount;
  for (const stretch of stretches) {
    if (stretch.state === 'paused') continue;
    const counted = stretch.to === undefined ? Infinity : calendar.elapsed(stretch.from, stretch.to);
    if (left <= counted) {
      const due = calendar.dueAt(stretch.from, left);
      return due.found ? due : { found: false, because: 'beyond-horizon' };
    }
    left -= counted;
  }
  return { found: false, because: 'paused' };
}

export function isPausedAt(stretches: readonly Stretch[], at: Instant): boolean {
  return stretches.some(
    (stretch) =>
      stretch.state === 'paused' && stretch.from <= at && (stretch.to === undefined || at < stretch.to),
  );
}
