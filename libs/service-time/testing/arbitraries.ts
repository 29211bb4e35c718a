import fc from 'fast-check';
import { WEEKDAYS } from '#libs/event-contracts/index.js';
import { CalendarDefinition, DayHours } from '../calendar/calendar-definition.js';
import { formatCivilDate } from '../calendar/civil-date.js';
import { Pause } from '../clocks/clock-input.js';
import { DAY, Instant, MINUTE } from '../instant.js';

/** Zones with whole, half and quarter hours, jumps at midnight, of half an hour, of a day, and in Ramadan. */
export const ZONES = [
  'UTC',
  'Europe/Istanbul',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'America/St_Johns',
  'America/Boa_Vista',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Asia/Pyongyang',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Antarctica/Troll',
] as const;

/** Moments when something happened to some zone's clock, and one when nothing did. */
export const TURNING_POINTS = [
  '2000-10-08T03:00Z',
  '2011-03-28T01:00Z',
  '2011-12-30T10:00Z',
  '2014-03-31T01:00Z',
  '2015-08-14T15:00Z',
  '2015-11-08T01:00Z',
  '2016-09-07T21:00Z',
  '2018-02-18T02:00Z',
  '2022-03-21T20:30Z',
  '2022-09-21T19:30Z',
  '2026-02-15T02:00Z',
  '2026-03-08T05:00Z',
  '2026-03-29T01:00Z',
  '2026-04-04T15:00Z',
  '2026-06-17T12:00Z',
  '2026-10-03T15:30Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
  '2026-12-31T22:00Z',
].map((text) => Date.parse(text));

const minuteOfDay = fc.integer({ min: 0, max: 24 * 4 }).map((quarter) => quarter * 15);

function clockTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Disjoint spans of a day; the last may run past midnight. */
const dayHours: fc.Arbitrary<DayHours> = fc
  .uniqueArray(minuteOfDay, { minLength: 0, maxLength: 6 })
  .chain((times) => fc.tuple(fc.constant(times.sort((a, b) => a - b)), fc.boolean()))
  .map(([times, overnight]) => {
    const spans: [string, string][] = [];
    for (let index = 0; index + 1 < times.length; index += 2) {
      spans.push([clockTime(times[index] ?? 0), clockTime(times[index + 1] ?? 0)]);
    }
    const last = times.at(-1);
    const first = times[0];
    if (overnight && times.length % 2 === 1 && last !== undefined && first !== undefined) {
      if (last < 24 * 60 && first < last) spans.push([clockTime(last), clockTime(first)]);
    }
    return spans;
  });

const dateAround = (moment: number): fc.Arbitrary<string> =>
  fc.integer({ min: -3, max: 4 }).map((days) => formatCivilDate(Math.floor(moment / DAY) + days));

export function calendarsAround(moment: number): fc.Arbitrary<CalendarDefinition> {
  return fc.record({
    names: fc.constant({ tr: 'Takvim', en: 'Calendar' }),
    timeZone: fc.constantFrom(...ZONES),
    hours: fc.oneof(
      fc.record(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, dayHours])), { requiredKeys: [] }),
      dayHours.map((hours) => Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, hours]))),
    ),
    exceptions: fc.uniqueArray(fc.record({ date: dateAround(moment), hours: dayHours }), {
      maxLength: 3,
      selector: ({ date }) => date,
    }),
    publicHolidays: fc.uniqueArray(
      fc.record(
        { date: dateAround(moment), closedFrom: fc.constant('13:00'), name: fc.constant('Holiday') },
        { requiredKeys: ['date', 'name'] },
      ),
      { maxLength: 3, selector: ({ date }) => date },
    ),
  });
}

/** Whole minutes from 40 hours before to 60 hours after. */
export function minuteAround(moment: number): fc.Arbitrary<Instant> {
  return fc.integer({ min: -40 * 60, max: 60 * 60 }).map((minutes) => (moment + minutes * MINUTE) as Instant);
}

/** Anywhere around, to the millisecond. */
export function instantAround(moment: number): fc.Arbitrary<Instant> {
  return fc
    .integer({ min: -40 * 60 * MINUTE, max: 60 * 60 * MINUTE })
    .map((offset) => (moment + offset) as Instant);
}

/** In any order, overlapping, empty or without an end. */
export function pausesAround(moment: number): fc.Arbitrary<Pause[]> {
  const pause = fc
    .tuple(minuteAround(moment), fc.option(fc.integer({ min: 0, max: 30 * 60 }), { freq: 8 }))
    .map(([from, minutes]) =>
      minutes === null ? { from } : { from, to: (from + minutes * MINUTE) as Instant },
    );
  return fc.array(pause, { maxLength: 4 });
}
