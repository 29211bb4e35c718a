import type { HolidaysTypes } from 'date-holidays';
import { DAY } from '../instant.js';
import { BusinessCalendar, compileCalendar } from '../calendar/business-calendar.js';
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
  const inYear = holidaysByYear(place);
  const records: HolidayRecord[] = [];
  for (let year = fromYear; year <= toYear; year++) records.push(...inYear(year));
  return records;
}

/** The same year by year, as somebody asks, since many years take a while to work out. @throws RangeError for an unknown place */
export function holidaysByYear(place: HolidayPlace): (year: number) => readonly HolidayRecord[] {
  const known = knownPlace(place);
  if (known === undefined) {
    throw new RangeError(`no public holidays are known for ${place.country} ${place.region ?? ''}`);
  }
  const library = holidaysOf(known);
  const isTurkey = place.country === 'TR';
  const feasts = isTurkey ? turkishFeasts() : [];
  const begun = new Map<number, readonly HolidayRecord[]>();
  const begunIn = (year: number): readonly HolidayRecord[] => {
    const found =
      begun.get(year) ??
      library
        .getHolidays(year)
        .flatMap((holiday) => (isTurkey ? turkishDays(holiday, year) : daysOf(holiday)));
    begun.set(year, found);
    return found;
  };
  return (year) => {
    // A holiday of several days may reach over New Year.
    const records = [...begunIn(year - 1), ...begunIn(year), ...feasts];
    if (isTurkey) records.push(republicEve(year));
    return oncePerDate(records.filter(({ date }) => Number(date.slice(0, 4)) === year));
  };
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

/** The same for a calendar that is stored nowhere: each year's holidays when it is laid out. */
export function compileDraft(draft: CalendarDefinition): BusinessCalendar {
  const { publicHolidays: _former, ...definition } = draft;
  const { holidays } = definition;
  return compileCalendar(definition, holidays && holidaysByYear(holidays));
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
