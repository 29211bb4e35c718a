import type { CalendarData } from '#libs/event-contracts/index.js';

const WORKDAY = [['09:00', '18:00']] as const;
const ALL_DAY = [['00:00', '24:00']] as const;

/** Public holidays are added when the calendar is published. */
export const DEFAULT_CALENDARS: readonly Omit<CalendarData, 'publicHolidays'>[] = [
  {
    code: 'default',
    names: { tr: 'Mesai saatleri', en: 'Business hours' },
    timeZone: 'Europe/Istanbul',
    hours: { monday: WORKDAY, tuesday: WORKDAY, wednesday: WORKDAY, thursday: WORKDAY, friday: WORKDAY },
    holidays: { country: 'TR' },
  },
  {
    code: 'always',
    names: { tr: 'Kesintisiz', en: 'Around the clock' },
    timeZone: 'Europe/Istanbul',
    hours: {
      monday: ALL_DAY,
      tuesday: ALL_DAY,
      wednesday: ALL_DAY,
      thursday: ALL_DAY,
      friday: ALL_DAY,
      saturday: ALL_DAY,
      sunday: ALL_DAY,
    },
  },
];
