import { DAY } from '../instant.js';
import { Weekday, WEEKDAYS } from '#libs/event-contracts/index.js';

/** A calendar day as the number of days since 1970-01-01, zone-free. */
export type EpochDay = number;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

export function parseCivilDate(text: string): EpochDay | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC reads years below 100 as 19xx and rolls 30 February over; both show as a different day.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  return date.getTime() / DAY;
}

export function formatCivilDate(day: EpochDay): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Monday is 0. */
export function weekdayIndexOf(day: EpochDay): number {
  // 1970-01-01 was a Thursday, index 3 in a week that begins on Monday.
  return (((day + 3) % 7) + 7) % 7;
}

export function weekdayOf(day: EpochDay): Weekday {
  return WEEKDAYS[weekdayIndexOf(day)] as Weekday;
}

/** First day of a year. */
export function newYear(year: number): EpochDay {
  return Date.UTC(year, 0, 1) / DAY;
}

export function yearOf(day: EpochDay): number {
  return new Date(day * DAY).getUTCFullYear();
}
