export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly dayOfYear: number;
  /** 1 is Sunday. */
  readonly dayOfWeek: number;
  /** 1 is Monday. */
  readonly isoDayOfWeek: number;
  /** Weeks begin on Sunday; the days before the first one are in week 0. */
  readonly week: number;
  readonly isoWeek: number;
  readonly isoWeekYear: number;
}

const dayMs = 86_400_000;

/** Date.UTC takes years below 100 for the twentieth century. */
export function utc(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, ms);
  return date.getTime();
}

/** @param wall the wall clock's time as if it were UTC */
export function partsOf(wall: number): DateParts {
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  const dayOfYear = Math.floor((wall - utc(year)) / dayMs) + 1;
  const weekday = date.getUTCDay();
  const isoDayOfWeek = weekday === 0 ? 7 : weekday;
  // A week belongs to the year of its Thursday.
  const thursday = new Date(wall + (4 - isoDayOfWeek) * dayMs);
  const isoWeekYear = thursday.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    dayOfYear,
    dayOfWeek: weekday + 1,
    isoDayOfWeek,
    week: Math.floor((dayOfYear + 6 - weekday) / 7),
    isoWeek: Math.floor((thursday.getTime() - utc(isoWeekYear)) / (7 * dayMs)) + 1,
    isoWeekYear,
  };
}
