import { instantOf } from '../instant.js';
import { officeHours } from '../testing/fixtures.js';
import { CalendarDefinition } from './calendar-definition.js';
import { validateCalendar } from './validate-calendar.js';

function problems(changes: Partial<CalendarDefinition>): string[] {
  return validateCalendar({ ...officeHours(), ...changes }, (country) => country === 'TR').map(
    ({ pointer, detail }) => `${pointer}: ${detail}`,
  );
}

const monday = (...hours: [string, string][]): Partial<CalendarDefinition> => ({ hours: { monday: hours } });

describe('a calendar', () => {
  it.each<[string, Partial<CalendarDefinition>]>([
    ['with a split day', monday(['09:00', '12:30'], ['13:30', '18:00'])],
    ['whose spans touch', monday(['09:00', '12:00'], ['12:00', '18:00'])],
    ['whose spans are out of order', monday(['13:00', '18:00'], ['09:00', '12:00'])],
    ['open round the clock', monday(['00:00', '24:00'])],
    ['past midnight', monday(['22:00', '06:00'])],
    [
      'until midnight, written either way',
      { hours: { monday: [['18:00', '24:00']], tuesday: [['18:00', '00:00']] } },
    ],
    [
      'past midnight into the next day’s spans, which count once',
      { hours: { monday: [['22:00', '06:00']], tuesday: [['05:00', '08:00']] } },
    ],
    [
      'with a day that is left out as undefined',
      { hours: { monday: undefined, tuesday: [['09:00', '12:00']] } },
    ],
    ['with holidays', { holidays: { country: 'TR' } }],
    ['with exceptions in the past and on 29 February', { exceptions: [{ date: '2024-02-29', hours: [] }] }],
    [
      'open on exceptions only',
      { hours: {}, exceptions: [{ date: '2026-11-07', hours: [['09:00', '12:00']] }] },
    ],
  ])('%s is taken', (_, changes) => {
    expect(problems(changes)).toEqual([]);
  });

  it.each<[string, Partial<CalendarDefinition>, string]>([
    [
      'of an unknown zone',
      { timeZone: 'Europe/Ankara' },
      '/timeZone: Europe/Ankara is not an IANA time zone such as Europe/Istanbul',
    ],
    [
      'of an offset',
      { timeZone: '+03:00' },
      '/timeZone: +03:00 is not an IANA time zone such as Europe/Istanbul',
    ],
    [
      'whose spans overlap',
      monday(['09:00', '13:00'], ['12:59', '18:00']),
      '/hours/monday: spans of this day overlap',
    ],
    [
      'whose night overlaps its own evening',
      monday(['20:00', '23:00'], ['22:00', '06:00']),
      '/hours/monday: spans of this day overlap',
    ],
    [
      'with a span of nothing',
      monday(['09:00', '09:00']),
      '/hours/monday/0: the span begins and ends at 09:00; a whole day is 00:00 to 24:00',
    ],
    [
      'that opens at 24:00',
      monday(['24:00', '06:00']),
      '/hours/monday/0/0: 24:00 is not a time of day (HH:MM, 00:00 to 23:59)',
    ],
    [
      'that closes at 24:30',
      monday(['09:00', '24:30']),
      '/hours/monday/0/1: 24:30 is not a time of day (HH:MM, 00:00 to 24:00)',
    ],
    [
      'that opens at 9:00',
      monday(['9:00', '12:00']),
      '/hours/monday/0/0: 9:00 is not a time of day (HH:MM, 00:00 to 23:59)',
    ],
    [
      'of another week',
      { hours: { ...officeHours().hours, funday: [] } as CalendarDefinition['hours'] },
      '/hours/funday: funday is not a day of the week',
    ],
    ['without working time', { hours: {} }, '/hours: the calendar has no working time at all'],
    [
      'without working time, in many words',
      { hours: { monday: [] }, exceptions: [{ date: '2026-11-07', hours: [] }] },
      '/hours: the calendar has no working time at all',
    ],
    [
      'of an unknown country',
      { holidays: { country: 'XX' } },
      '/holidays: no public holidays are known for XX',
    ],
    [
      'with an exception on no day',
      { exceptions: [{ date: '2026-02-29', hours: [] }] },
      '/exceptions/0/date: 2026-02-29 is not a date (YYYY-MM-DD, 1900 to 2199)',
    ],
    [
      'with an exception out of all time',
      { exceptions: [{ date: '0099-01-01', hours: [] }] },
      '/exceptions/0/date: 0099-01-01 is not a date (YYYY-MM-DD, 1900 to 2199)',
    ],
    [
      'with two exceptions for one day',
      {
        exceptions: [
          { date: '2026-11-07', hours: [] },
          { date: '2026-11-07', hours: [['09:00', '12:00']] },
        ],
      },
      '/exceptions/1/date: 2026-11-07 has an exception already, /exceptions/0',
    ],
    [
      'with bad hours in an exception',
      { exceptions: [{ date: '2026-11-07', hours: [['09:00', '25:00']] }] },
      '/exceptions/0/hours/0/1: 25:00 is not a time of day (HH:MM, 00:00 to 24:00)',
    ],
  ])('%s is refused', (_, changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });
});

describe('a calendar that comes into use at a moment', () => {
  const detailsFrom = (moment: string, changes: Partial<CalendarDefinition>): string[] =>
    validateCalendar({ ...officeHours('Europe/Istanbul'), ...changes }, undefined, instantOf(moment)).map(
      ({ pointer, detail }) => `${pointer}: ${detail}`,
    );
  const once: Partial<CalendarDefinition> = {
    hours: {},
    exceptions: [{ date: '2026-11-07', hours: [['09:00', '12:00']] }],
  };

  it('may have its only working time ahead, up to the last millisecond of it', () => {
    expect(detailsFrom('2026-11-07T11:59:59.999+03:00', once)).toEqual([]);
  });

  it('is refused when exceptions of the past are all that it was ever open on', () => {
    expect(detailsFrom('2026-11-07T12:00:00+03:00', once)).toEqual([
      '/hours: the calendar has no working time from 2026-11-07 on',
    ]);
  });

  it('is refused when its only working time is a local hour that is skipped', () => {
    const exceptions = [{ date: '2027-03-28', hours: [['02:00', '03:00']] as const }];
    const skipped = { timeZone: 'Europe/Berlin', hours: {}, exceptions };
    expect(detailsFrom('2026-11-07T12:00:00Z', skipped)).toHaveLength(1);
    expect(detailsFrom('2026-11-07T12:00:00Z', { ...skipped, timeZone: 'Europe/Istanbul' })).toEqual([]);
  });

  it('has hours of the week ahead of any moment', () => {
    expect(detailsFrom('2126-11-07T12:00:00Z', {})).toEqual([]);
  });
});
