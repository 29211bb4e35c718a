import { WEEKDAYS } from '#libs/event-contracts/index.js';
import { Instant, toIso } from '../instant.js';
import { Problem } from '../problem.js';
import { CalendarDefinition, DayHours } from './calendar-definition.js';
import { parseCivilDate } from './civil-date.js';
import { compileCalendar, FIRST_YEAR, LAST_YEAR } from './business-calendar.js';
import { spansOfDay } from './local-span.js';
import { parseTimeOfDay } from './time-of-day.js';
import { isTimeZone } from './zone-offsets.js';

export const MOST_SPANS_A_DAY = 24;
export const MOST_EXCEPTIONS = 5000;

/** Knows the countries and regions of the holiday library, which is too heavy to load here. */
export type KnowsPlace = (country: string, region?: string) => boolean;

/**
 * What a calendar's publisher must mend. Spans of one day may touch but not overlap. A span past midnight may overlap
 * the next day's spans: the union counts, each moment once, since exceptions make such overlaps unavoidable.
 *
 * @param from when it comes into use: it must be open some time after that, not only on exceptions of the past
 */
export function validateCalendar(
  definition: CalendarDefinition,
  knowsPlace: KnowsPlace = () => true,
  from?: Instant,
): Problem[] {
  const problems: Problem[] = [];
  if (!isTimeZone(definition.timeZone)) {
    problems.push({
      pointer: '/timeZone',
      detail: `${definition.timeZone} is not an IANA time zone such as Europe/Istanbul`,
      code: 'unknown',
    });
  }
  for (const [weekday, hours = []] of daysOf(definition)) {
    if (!(WEEKDAYS as readonly string[]).includes(weekday)) {
      problems.push({
        pointer: `/hours/${weekday}`,
        detail: `${weekday} is not a day of the week`,
        code: 'unknown',
      });
    } else {
      problems.push(...problemsOfHours(hours, `/hours/${weekday}`));
    }
  }
  const { holidays } = definition;
  if (holidays !== undefined && !knowsPlace(holidays.country, holidays.region)) {
    const { country, region } = holidays;
    const place = region === undefined ? country : `${country}, region ${region}`;
    problems.push({
      pointer: '/holidays',
      detail: `no public holidays are known for ${place}`,
      code: 'unknown',
    });
  }
  problems.push(...problemsOfExceptions(definition));
  if (!hasWorkingTime(definition)) {
    problems.push({ pointer: '/hours', detail: 'the calendar has no working time at all', code: 'absurd' });
  } else if (problems.length === 0 && from !== undefined && isClosedFrom(definition, from)) {
    const detail = `the calendar has no working time from ${toIso(from).slice(0, 10)} on`;
    problems.push({ pointer: '/hours', detail, code: 'absurd' });
  }
  return problems;
}

/** A day left out may be there as undefined, which Object.entries hides from the types. */
type Days = Readonly<Record<string, DayHours | undefined>>;

function daysOf({ hours }: CalendarDefinition): [string, DayHours | undefined][] {
  return Object.entries(hours as Days);
}

function problemsOfHours(hours: DayHours, pointer: string): Problem[] {
  if (hours.length > MOST_SPANS_A_DAY) {
    return [{ pointer, detail: `more than ${MOST_SPANS_A_DAY} spans in a day`, code: 'absurd' }];
  }
  const problems: Problem[] = [];
  hours.forEach(([opens, closes], index) => {
    const from = parseTimeOfDay(opens);
    const to = parseTimeOfDay(closes);
    if (from === undefined || opens === '24:00') {
      problems.push(badTime(`${pointer}/${index}/0`, opens, '00:00 to 23:59'));
    }
    if (to === undefined) problems.push(badTime(`${pointer}/${index}/1`, closes, '00:00 to 24:00'));
    if (from !== undefined && from === to) {
      problems.push({
        pointer: `${pointer}/${index}`,
        detail: `the span begins and ends at ${opens}; a whole day is 00:00 to 24:00`,
        code: 'absurd',
      });
    }
  });
  if (problems.length === 0) {
    const sorted = spansOfDay(hours);
    if (sorted.some((span, index) => span.from < (sorted[index - 1]?.to ?? 0))) {
      problems.push({ pointer, detail: 'spans of this day overlap', code: 'overlap' });
    }
  }
  return problems;
}

function badTime(pointer: string, text: string, range: string): Problem {
  return {
    pointer,
    detail: `${text.slice(0, 20)} is not a time of day (HH:MM, ${range})`,
    code: 'malformed',
  };
}

function problemsOfExceptions(definition: CalendarDefinition): Problem[] {
  const exceptions = definition.exceptions ?? [];
  if (exceptions.length > MOST_EXCEPTIONS) {
    return [{ pointer: '/exceptions', detail: `more than ${MOST_EXCEPTIONS} exceptions`, code: 'absurd' }];
  }
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  exceptions.forEach(({ date, hours }, index) => {
    const pointer = `/exceptions/${index}`;
    const earlier = seen.get(date);
    if (!isDate(date)) {
      problems.push({
        pointer: `${pointer}/date`,
        detail: `${date.slice(0, 20)} is not a date (YYYY-MM-DD, ${FIRST_YEAR} to ${LAST_YEAR})`,
        code: 'malformed',
      });
    } else if (earlier !== undefined) {
      problems.push({
        pointer: `${pointer}/date`,
        detail: `${date} has an exception already, /exceptions/${earlier}`,
        code: 'overlap',
      });
    } else {
      seen.set(date, index);
    }
    problems.push(...problemsOfHours(hours, `${pointer}/hours`));
  });
  return problems;
}

function isDate(text: string): boolean {
  const day = parseCivilDate(text);
  const year = Number(text.slice(0, 4));
  return day !== undefined && year >= FIRST_YEAR && year <= LAST_YEAR;
}

function hasWorkingTime({ hours, exceptions = [] }: CalendarDefinition): boolean {
  const days = [...Object.values(hours as Days), ...exceptions.map((exception) => exception.hours)];
  return days.some((day) => day !== undefined && day.length > 0);
}

function isClosedFrom(definition: CalendarDefinition, from: Instant): boolean {
  return !compileCalendar(definition).dueAt(from, 1).found;
}
