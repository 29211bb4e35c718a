import type { HolidaysTypes } from 'date-holidays';
import { DAY } from '../instant.js';
import { FIRST_YEAR, LAST_YEAR } from '../calendar/business-calendar.js';
import { CalendarDefinition, HolidayRecord } from '../calendar/calendar-definition.js';
import { formatCivilDate, parseCivilDate } from '../calendar/civil-date.js';
import { HolidayPlace, holidaysOf, knownPlace } from './holiday-place.js';
import {
  feastFrom,
  FIRST_FEAST_YEAR,
  feastOfRule,
  LAST_FEAST_YEAR,
  republicEve,
  turkishFeasts,
  wasHolidayIn,
} from './turkish-holidays.js';

/**
 * Public holidays as dated records, sorted, both years included. Only whole public holidays and half days that begin at
 * some hour count; school, bank and optional days and observances don't. Independent of the machine's own zone.
 */
export function expandHolidays(place: HolidayPlace, fromYear: number, toYear: number): HolidayRecord[] {
  const known = knownPlace(place);
  if (known === undefined) {
    throw new RangeError(`no public holidays are known for ${place.country} ${place.region ?? ''}`);
  }
  const library = holidaysOf(known);
  const records: HolidayRecord[] = [];
  // A holiday of several days may reach over New Year.
  for (let year = fromYear - 1; year <= toYear; year++) {
    for (const holiday of library.getHolidays(year)) {
      records.push(...(place.country === 'TR' ? turkishDays(holiday, year) : daysOf(holiday)));
    }
    if (place.country === 'TR') records.push(republicEve(year));
  }
  if (place.country === 'TR') records.push(...turkishFeasts());
  return oncePerDate(records.filter(({ date }) => within(date, fromYear, toYear)));
}

/** How far around its publication a calendar's holidays are frozen; publish it again to extend them. */
export const YEARS_BEFORE = 16;
export const YEARS_AFTER = 12;

/** The definition as it goes into the event, with the records that its `holidays` stand for in that year's view. */
export function withPublicHolidays(definition: CalendarDefinition, publishedIn: number): CalendarDefinition {
  const { publicHolidays: _former, ...rest } = definition;
  if (rest.holidays === undefined) return rest;
  const publicHolidays = expandHolidays(rest.holidays, publishedIn - YEARS_BEFORE, publishedIn + YEARS_AFTER);
  return { ...rest, publicHolidays };
}

/** The same for the years of an account rather than around a publication: for calendars that are stored nowhere. */
export function withHolidaysOfYears(
  definition: CalendarDefinition,
  fromYear: number,
  toYear: number,
): CalendarDefinition {
  const { publicHolidays: _former, ...rest } = definition;
  if (rest.holidays === undefined) return rest;
  const [first, last] = [Math.max(fromYear, FIRST_YEAR), Math.min(toYear, LAST_YEAR)];
  return { ...rest, publicHolidays: expandHolidays(rest.holidays, first, last) };
}

function turkishDays(holiday: HolidaysTypes.Holiday, year: number): HolidayRecord[] {
  const feast = feastOfRule(holiday.rule);
  if (feast === undefined) return daysOf(holiday).filter(({ date }) => wasHolidayIn(date));
  const tabled = year >= FIRST_FEAST_YEAR && year <= LAST_FEAST_YEAR;
  return tabled ? [] : feastFrom(feast, holiday.date.slice(0, 10));
}

/** `date` is local: "2026-12-24 14:00:00", some with an offset of sunset behind it, which the civil days ignore. */
function daysOf(holiday: HolidaysTypes.Holiday): HolidayRecord[] {
  const first = parseCivilDate(holiday.date.slice(0, 10));
  if (first === undefined) return [];
  const begins = holiday.date.slice(11, 16);
  const days = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY));
  return Array.from({ length: days }, (_, index) => ({
    date: formatCivilDate(first + index),
    ...(index === 0 && begins !== '' && begins !== '00:00' ? { closedFrom: begins } : {}),
    name: holiday.name,
  }));
}

function within(date: string, fromYear: number, toYear: number): boolean {
  const year = Number(date.slice(0, 4));
  return year >= fromYear && year <= toYear;
}

/** One record per date, the one that closes most; names of others on the same day are joined to it. */
function oncePerDate(records: readonly HolidayRecord[]): HolidayRecord[] {
  const byDate = new Map<string, HolidayRecord>();
  for (const record of records) {
    const other = byDate.get(record.date);
    if (other === undefined) {
      byDate.set(record.date, record);
      continue;
    }
    const closing = [other.closedFrom ?? '00:00', record.closedFrom ?? '00:00'].sort()[0];
    const name = other.name.split(' / ').includes(record.name)
      ? other.name
      : `${other.name} / ${record.name}`;
    byDate.set(record.date, {
      date: record.date,
      ...(closing === undefined || closing === '00:00' ? {} : { closedFrom: closing }),
      name,
    });
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}
