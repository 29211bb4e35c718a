import { BusinessMillis, DAY, Instant } from '../instant.js';
import { CalendarDefinition } from './calendar-definition.js';
import { dayPlanOf, HolidaysOfYear } from './day-plan.js';
import { openBefore, OpenYear, openYearOf, spansBegun, whenOpenFor } from './open-year.js';
import { zoneOffsets } from './zone-offsets.js';

/** Half-open. */
export interface OpenSpan {
  readonly from: Instant;
  readonly to: Instant;
}

export type DueResult =
  | { readonly found: true; readonly at: Instant }
  /** The calendar is not open long enough within the horizon, e.g. because exceptions close it for good. */
  | { readonly found: false; readonly reason: 'beyond-horizon'; readonly searchedUntil: Instant };

/** Which moments count. Two kinds exist: a compiled calendar, and `ALWAYS_OPEN` for clocks in wall time. */
export interface BusinessCalendar {
  readonly timeZone: string;
  /** Open time in [from, to); 0 if `to` is not after `from`. */
  elapsed(from: Instant, to: Instant): BusinessMillis;
  /** The earliest instant at which `target` is used up since `start`: a closing time rather than the next opening. */
  dueAt(start: Instant, target: BusinessMillis): DueResult;
  isOpen(at: Instant): boolean;
  /** The open spans in [from, to), clipped to it, in order, touching ones as one, computed as they are asked for. */
  openSpans(from: Instant, to: Instant): IterableIterator<OpenSpan>;
}

/** Calendars are computed between these years and closed outside of them, whatever nonsense a date may be. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;

/** A target that is not used up this many years after the start is given up. */
export const HORIZON_YEARS = 50;

/**
 * Years are worked out when they are first needed and kept (about 20 kB each), so a question costs two binary searches
 * plus one addition per whole year between. Keep the compiled calendar as long as the definition is in use.
 *
 * @param holidaysOf for a definition that has none frozen into it
 */
export function compileCalendar(
  definition: CalendarDefinition,
  holidaysOf?: HolidaysOfYear,
): BusinessCalendar {
  const plan = dayPlanOf(definition, holidaysOf);
  const offsets = zoneOffsets(definition.timeZone);
  const years: (OpenYear | undefined)[] = [];
  const yearOf = (year: number): OpenYear =>
    (years[year - FIRST_YEAR] ??= openYearOf(plan, offsets(year), year));
  return { timeZone: definition.timeZone, ...arithmeticOf(yearOf) };
}

const SUPPORTED_FROM = Date.UTC(FIRST_YEAR, 0, 1) as Instant;
const SUPPORTED_TO = Date.UTC(LAST_YEAR + 1, 0, 1) as Instant;

function clamp(at: Instant): Instant {
  if (at < SUPPORTED_FROM) return SUPPORTED_FROM;
  return at > SUPPORTED_TO ? SUPPORTED_TO : at;
}

const YEAR_STARTS = Float64Array.from({ length: LAST_YEAR - FIRST_YEAR + 2 }, (_, index) =>
  Date.UTC(FIRST_YEAR + index, 0, 1),
);
const MEAN_YEAR = 365.2425 * DAY;

/** The UTC year of a clamped instant, without making a Date: a guess that is off by one year at most. */
function yearNumber(at: Instant): number {
  const guess = Math.min(Math.floor((at - SUPPORTED_FROM) / MEAN_YEAR), LAST_YEAR - FIRST_YEAR);
  if (at < (YEAR_STARTS[guess] ?? 0)) return FIRST_YEAR + guess - 1;
  const next = YEAR_STARTS[guess + 1] ?? Infinity;
  return FIRST_YEAR + (at >= next ? Math.min(guess + 1, LAST_YEAR - FIRST_YEAR) : guess);
}

function arithmeticOf(yearOf: (year: number) => OpenYear): Omit<BusinessCalendar, 'timeZone'> {
  function elapsed(from: Instant, to: Instant): BusinessMillis {
    if (!(to > from)) return 0;
    const [begin, end] = [clamp(from), clamp(to)];
    const [first, last] = [yearNumber(begin), yearNumber(end)];
    let sum = openBefore(yearOf(last), end) - openBefore(yearOf(first), begin);
    for (let year = first; year < last; year++) sum += yearOf(year).total;
    return sum;
  }

  function dueAt(start: Instant, target: BusinessMillis): DueResult {
    if (target <= 0) return { found: true, at: start };
    const begin = clamp(start);
    const first = yearNumber(begin);
    const last = Math.min(first + HORIZON_YEARS, LAST_YEAR);
    let left = target + openBefore(yearOf(first), begin);
    for (let year = first; year <= last; year++) {
      const open = yearOf(year);
      if (left <= open.total) return { found: true, at: whenOpenFor(open, left) as Instant };
      left -= open.total;
    }
    return { found: false, reason: 'beyond-horizon', searchedUntil: Date.UTC(last + 1, 0, 1) as Instant };
  }

  function isOpen(at: Instant): boolean {
    if (at < SUPPORTED_FROM || at >= SUPPORTED_TO) return false;
    const year = yearOf(yearNumber(at));
    const begun = spansBegun(year, at);
    return begun > 0 && at < (year.ends[begun - 1] ?? 0);
  }

  function* openSpans(from: Instant, to: Instant): Generator<OpenSpan> {
    if (!(to > from)) return;
    const [begin, end] = [clamp(from), clamp(to)];
    let pending: OpenSpan | undefined;
    for (let number = yearNumber(begin); number <= yearNumber(end); number++) {
      const year = yearOf(number);
      for (let index = Math.max(0, spansBegun(year, begin) - 1); index < year.starts.length; index++) {
        const span = {
          from: Math.max(year.starts[index] ?? 0, begin) as Instant,
          to: Math.min(year.ends[index] ?? 0, end) as Instant,
        };
        if (span.from >= end) break;
        if (span.to <= span.from) continue;
        // A night shift over New Year's Eve lies in two years and is still one span.
        if (pending?.to === span.from) pending = { from: pending.from, to: span.to };
        else {
          if (pending !== undefined) yield pending;
          pending = span;
        }
      }
    }
    if (pending !== undefined) yield pending;
  }

  return { elapsed, dueAt, isOpen, openSpans };
}
