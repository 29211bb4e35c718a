import { WEEKDAYS } from '#libs/event-contracts/index.js';
import { CalendarDefinition } from './calendar-definition.js';
import { EpochDay, parseCivilDate, weekdayIndexOf } from './civil-date.js';
import { closedFrom, LocalSpan, spansOfDay } from './local-span.js';
import { parseTimeOfDay } from './time-of-day.js';

/** The opening spans that begin on a given day, since that day's midnight. */
export type DayPlan = (day: EpochDay) => readonly LocalSpan[];

/**
 * A span belongs to the day on which it begins: a holiday cancels the shifts that begin on it, also their part after
 * midnight, and leaves the last hours of the shift that began the evening before. An exception replaces its day
 * altogether, holiday or not.
 */
export function dayPlanOf(definition: CalendarDefinition): DayPlan {
  const weekly = WEEKDAYS.map((weekday) => spansOfDay(definition.hours[weekday] ?? []));
  const usually = (day: EpochDay): readonly LocalSpan[] => weekly[weekdayIndexOf(day)] ?? [];
  const special = new Map<EpochDay, readonly LocalSpan[]>();
  for (const holiday of definition.publicHolidays ?? []) {
    const day = parseCivilDate(holiday.date);
    if (day === undefined) continue;
    const usual = special.get(day) ?? usually(day);
    const closing = holiday.closedFrom === undefined ? 0 : (parseTimeOfDay(holiday.closedFrom) ?? 0);
    special.set(day, closedFrom(usual, closing));
  }
  for (const exception of definition.exceptions ?? []) {
    const day = parseCivilDate(exception.date);
    if (day !== undefined) special.set(day, spansOfDay(exception.hours));
  }
  return (day) => special.get(day) ?? usually(day);
}
