import { WEEKDAYS } from '#libs/event-contracts/index.js';
import { CalendarDefinition, HolidayRecord } from './calendar-definition.js';
import { EpochDay, parseCivilDate, weekdayIndexOf, yearOf } from './civil-date.js';
import { closedFrom, LocalSpan, spansOfDay } from './local-span.js';
import { parseTimeOfDay } from './time-of-day.js';

/** Public holidays of a year, asked for once, when the first of its days is. */
export type HolidaysOfYear = (year: number) => readonly HolidayRecord[];

/** The opening spans that begin on a given day, since that day's midnight. */
export type DayPlan = (day: EpochDay) => readonly LocalSpan[];

/**
 * A span belongs to the day on which it begins: a holiday cancels the shifts that begin on it, also their part after
 * midnight, and leaves the last hours of the shift that began the evening before. An exception replaces its day
 * altogether, holiday or not.
 *
 * @param holidaysOf beside those of the definition
 */
export function dayPlanOf(definition: CalendarDefinition, holidaysOf?: HolidaysOfYear): DayPlan {
  const weekly = WEEKDAYS.map((weekday) => spansOfDay(definition.hours[weekday] ?? []));
  const usually = (day: EpochDay): readonly LocalSpan[] => weekly[weekdayIndexOf(day)] ?? [];
  const exceptions = new Map<EpochDay, readonly LocalSpan[]>();
  for (const exception of definition.exceptions ?? []) {
    const day = parseCivilDate(exception.date);
    if (day !== undefined) exceptions.set(day, spansOfDay(exception.hours));
  }
  const holidays = new Map<EpochDay, readonly LocalSpan[]>();
  const observe = (holiday: HolidayRecord): void => {
    const day = parseCivilDate(holiday.date);
    if (day === undefined) return;
    const closing = holiday.closedFrom === undefined ? 0 : (parseTimeOfDay(holiday.closedFrom) ?? 0);
    holidays.set(day, closedFrom(holidays.get(day) ?? usually(day), closing));
  };
  definition.publicHolidays?.forEach(observe);
  const observed = new Set<number>();
  return (day) => {
    if (holidaysOf !== undefined) {
      const year = yearOf(day);
      if (!observed.has(year)) holidaysOf(year).forEach(observe);
      observed.add(year);
    }
    return exceptions.get(day) ?? holidays.get(day) ?? usually(day);
  };
}
