const QUARTER_HOUR = 15 * 60 * 1000;
const MOST_REMEMBERED = 50_000;
const DAY = 86_400_000;

export interface LocalPeriods {
  /** `2026-03` */
  month(moment: string): string;
  /** ISO 8601 week, `2026-W10`; the week of a year's first Thursday is its first. */
  week(moment: string): string;
}

/**
 * Months and weeks as the wall calendar of a zone shows them. Formatting an instant is slow and zones change their
 * offsets at quarters of an hour only, so each quarter is worked out once.
 */
export function localPeriods(timeZone: string): LocalPeriods {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const remembered = new Map<number, string>();
  const dateOf = (moment: string): string => {
    const quarter = Math.floor(Date.parse(moment) / QUARTER_HOUR);
    let date = remembered.get(quarter);
    if (date === undefined) {
      date = format.format(quarter * QUARTER_HOUR);
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(quarter, date);
    }
    return date;
  };
  return { month: (moment) => dateOf(moment).slice(0, 7), week: (moment) => isoWeek(dateOf(moment)) };
}

function isoWeek(date: string): string {
  const day = Date.parse(`${date}T00:00:00Z`);
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  const thursday = new Date(day + (3 - weekday) * DAY);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY));
  return `${year}-W${String(week).padStart(2, '0')}`;
}
