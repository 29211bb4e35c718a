import { HolidayRecord } from '../calendar/calendar-definition.js';
import { formatCivilDate, parseCivilDate } from '../calendar/civil-date.js';

/**
 * First days of the two feasts. Until 2027 as Diyanet, which proclaims them, has published them; from 2028 on as its
 * rule (new crescent visible somewhere on Earth) gives them, to be corrected by a calendar's exceptions if a
 * proclamation says otherwise. date-holidays follows the observation in Mecca and is a day off in some years
 * (Ramazan 2016, Kurban 2015 and 2016), and gives the feasts' length in hours from the evening before.
 */
const FEASTS: Readonly<Record<'Ramazan' | 'Kurban', readonly string[]>> = {
  Ramazan: [
    ...['2010-09-09', '2011-08-30', '2012-08-19', '2013-08-08', '2014-07-28', '2015-07-17', '2016-07-05'],
    ...['2017-06-25', '2018-06-15', '2019-06-04', '2020-05-24', '2021-05-13', '2022-05-02', '2023-04-21'],
    ...['2024-04-10', '2025-03-30', '2026-03-20', '2027-03-09', '2028-02-26', '2029-02-14', '2030-02-04'],
    ...['2031-01-24', '2032-01-14', '2033-01-02', '2033-12-23', '2034-12-12', '2035-12-01'],
  ],
  Kurban: [
    ...['2010-11-16', '2011-11-06', '2012-10-25', '2013-10-15', '2014-10-04', '2015-09-24', '2016-09-12'],
    ...['2017-09-01', '2018-08-21', '2019-08-11', '2020-07-31', '2021-07-20', '2022-07-09', '2023-06-28'],
    ...['2024-06-16', '2025-06-06', '2026-05-27', '2027-05-16', '2028-05-05', '2029-04-24', '2030-04-13'],
    ...['2031-04-02', '2032-03-22', '2033-03-11', '2034-03-01', '2035-02-18'],
  ],
};

const DAYS = { Ramazan: 3, Kurban: 4 } as const;

export const FIRST_FEAST_YEAR = 2010;
export const LAST_FEAST_YEAR = 2035;

/** Law 2429, article 2/B: a feast begins at 13:00 on its eve. */
export const HALF_DAY = '13:00';

export function turkishFeasts(): HolidayRecord[] {
  const records: HolidayRecord[] = [];
  for (const feast of ['Ramazan', 'Kurban'] as const) {
    for (const first of FEASTS[feast]) records.push(...feastFrom(feast, first));
  }
  return records;
}

/** The eve's half day and the days of a feast. */
export function feastFrom(feast: 'Ramazan' | 'Kurban', first: string): HolidayRecord[] {
  const day = parseCivilDate(first);
  if (day === undefined) throw new RangeError(`not a date: ${first}`);
  const eve = { date: formatCivilDate(day - 1), closedFrom: HALF_DAY, name: `${feast} Bayramı arifesi` };
  const days = Array.from({ length: DAYS[feast] }, (_, index) => ({
    date: formatCivilDate(day + index),
    name: `${feast} Bayramı ${index + 1}. gün`,
  }));
  return [eve, ...days];
}

/** Law 2429, article 1: the Republic's holiday begins at 13:00 on 28 October. */
export function republicEve(year: number): HolidayRecord {
  return { date: `${year}-10-28`, closedFrom: HALF_DAY, name: 'Cumhuriyet Bayramı arifesi' };
}

/** Days that the library lists for every year, with the first year in which they were holidays. */
const SINCE: Readonly<Record<string, number>> = {
  // Law 5892 of 22 April 2009.
  '05-01': 2009,
  // Law 6752 of 25 October 2016.
  '07-15': 2017,
};

export function wasHolidayIn(date: string): boolean {
  return Number(date.slice(0, 4)) >= (SINCE[date.slice(5)] ?? 0);
}

/** The feast that a rule of the library stands for; its dates serve for years outside of the table. */
export function feastOfRule(rule: string): 'Ramazan' | 'Kurban' | undefined {
  if (rule.includes('Shawwal')) return 'Ramazan';
  return rule.includes('Dhu al-Hijjah') ? 'Kurban' : undefined;
}
