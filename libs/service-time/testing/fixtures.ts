import { CalendarDefinition } from '../calendar/calendar-definition.js';
import { Instant, instantOf } from '../instant.js';

const NAMES = { tr: 'Takvim', en: 'Calendar' };

/** A whole week with the same hours from Monday to Friday, closed at the weekend. */
export function officeHours(
  timeZone = 'UTC',
  hours: CalendarDefinition['hours']['monday'] = [['09:00', '17:00']],
): CalendarDefinition {
  return {
    names: NAMES,
    timeZone,
    hours: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
  };
}

export function everyDay(timeZone: string, hours: CalendarDefinition['hours']['monday']): CalendarDefinition {
  const weekdays = officeHours(timeZone, hours);
  return { ...weekdays, hours: { ...weekdays.hours, saturday: hours, sunday: hours } };
}

/** `2026-11-02T09:00` in UTC unless an offset is written. */
export function at(text: string): Instant {
  return instantOf(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
}
