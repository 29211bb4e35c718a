import { fail, failAt } from '../errors.js';
import { utc } from './date-parts.js';

const lengths: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};
const monthsIn: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const dayMs = 86_400_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export function checkUnit(unit: unknown): string {
  if (typeof unit === 'string' && (Object.hasOwn(lengths, unit) || Object.hasOwn(monthsIn, unit)))
    return unit;
  throw fail('FailedToParse', `unknown time unit value: ${String(unit)}`);
}

export function weekdayOf(text: unknown): number {
  const name = typeof text === 'string' ? text.toLowerCase() : '';
  const at = weekdays.findIndex(
    (weekday) => weekday === name || (name.length === 3 && weekday.startsWith(name)),
  );
  if (at < 0) throw failAt(5439015, `unknown day of week value: ${String(text)}`);
  return at;
}

/** Units up to an hour pass by the clock, longer ones by the calendar. */
export const isCalendarUnit = (unit: string): boolean => (lengths[unit] ?? Infinity) >= dayMs;

const monthIndex = (wall: number): number => {
  const date = new Date(wall);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

const fromMonthIndex = (index: number): number => utc(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1);

/** The last day of the month stands in for one that the month doesn't have. */
export function addUnits(wall: number, unit: string, amount: number): number {
  const length = lengths[unit];
  if (length !== undefined) return wall + amount * length;
  const target = monthIndex(wall) + amount * (monthsIn[unit] ?? 1);
  const first = fromMonthIndex(target);
  const days = (fromMonthIndex(target + 1) - first) / dayMs;
  const date = new Date(wall);
  return first + (Math.min(date.getUTCDate(), days) - 1) * dayMs + (((wall % dayMs) + dayMs) % dayMs);
}

const startOfWeek = (wall: number, first: number): number => {
  const day = Math.floor(wall / dayMs);
  const weekday = (((day + 4) % 7) + 7) % 7;
  return (day - ((weekday - first + 7) % 7)) * dayMs;
};

/** How many boundaries of the unit lie between. */
export function unitsBetween(from: number, to: number, unit: string, firstDay: number): number {
  if (unit === 'week') return (startOfWeek(to, firstDay) - startOfWeek(from, firstDay)) / (7 * dayMs);
  const length = lengths[unit];
  if (length !== undefined) return Math.floor(to / length) - Math.floor(from / length);
  const months = monthsIn[unit] ?? 1;
  return Math.floor(monthIndex(to) / months) - Math.floor(monthIndex(from) / months);
}

/** Bins are counted from the start of the year 2000. */
export function truncated(wall: number, unit: string, bin: number, firstDay: number): number {
  const months = monthsIn[unit];
  const origin = utc(2000);
  if (months !== undefined) {
    const width = months * bin;
    const since = monthIndex(wall) - 2000 * 12;
    return fromMonthIndex(2000 * 12 + Math.floor(since / width) * width);
  }
  if (unit === 'week') {
    const first = startOfWeek(origin + 6 * dayMs, firstDay);
    const width = 7 * dayMs * bin;
    return first + Math.floor((wall - first) / width) * width;
  }
  const width = (lengths[unit] ?? 1) * bin;
  return origin + Math.floor((wall - origin) / width) * width;
}
