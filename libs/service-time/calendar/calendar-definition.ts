import { CalendarData } from '#libs/event-contracts/index.js';

export type { DayHours, HolidayRecord, CalendarException } from '#libs/event-contracts/index.js';

/**
 * The body of `PUT /calendars/{code}`, plus `publicHolidays`: the dated records that `holidays` stood for when the
 * calendar was published. They are frozen into the event, so that a later holiday library never changes history.
 */
export type CalendarDefinition = Omit<CalendarData, 'code'>;
