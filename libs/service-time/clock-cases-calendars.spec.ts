import { at, everyDay, officeHours } from './testing/fixtures.js';
import {
  BusinessCalendar,
  CalendarDefinition,
  compileCalendar,
  durationOf,
  HOUR,
  Instant,
  toIso,
  validateCalendar,
} from './index.js';
import { withPublicHolidays } from './holidays/index.js';

/** The catalogue of cases that a service clock must get right; November 2026 begins on a Sunday. */
const office = compileCalendar(officeHours());

function due(calendar: BusinessCalendar, start: string, target: string): string {
  const result = calendar.dueAt(at(start), durationOf(target));
  return result.found ? toIso(result.at).replace(':00.000Z', 'Z') : result.reason;
}

function hours(calendar: BusinessCalendar, from: string, to: string): number {
  return calendar.elapsed(at(from), at(to)) / HOUR;
}

describe('case 1: start inside, before, after hours, on a weekend; a target spilling over a weekend', () => {
  it.each([
    ['Friday 16:00 + 2 h', '2026-11-06T16:00', 'PT2H', '2026-11-09T10:00Z'],
    ['Wednesday 07:00 + 2 h', '2026-11-04T07:00', 'PT2H', '2026-11-04T11:00Z'],
    ['Wednesday 18:00 + 2 h', '2026-11-04T18:00', 'PT2H', '2026-11-05T11:00Z'],
    ['Saturday + 2 h', '2026-11-07T12:00', 'PT2H', '2026-11-09T11:00Z'],
    ['Monday 16:00 + 10 h', '2026-11-02T16:00', 'PT10H', '2026-11-04T10:00Z'],
  ])('%s', (_, start, target, expected) => {
    expect(due(office, start, target)).toBe(expected);
  });
});

describe('case 2: other hours each day', () => {
  it('Monday closes at 17, Tuesday at 20: Monday 18:00 + 10 h → Tuesday 19:00', () => {
    const calendar = compileCalendar({
      ...officeHours(),
      hours: { monday: [['09:00', '17:00']], tuesday: [['09:00', '20:00']] },
    });
    expect(due(calendar, '2026-11-02T18:00', 'PT10H')).toBe('2026-11-03T19:00Z');
  });
});

describe('case 3: a day open 24 hours includes its last minute', () => {
  const saturdays = compileCalendar({ ...officeHours(), hours: { saturday: [['00:00', '24:00']] } });

  it('Saturday 00:00 + 24 h → Sunday 00:00', () => {
    expect(due(saturdays, '2026-11-07T00:00', 'P1D')).toBe('2026-11-08T00:00Z');
    expect(hours(saturdays, '2026-11-07T00:00', '2026-11-08T00:00')).toBe(24);
    expect(saturdays.isOpen(at('2026-11-07T23:59:59.999'))).toBe(true);
  });

  it('and not a millisecond of Sunday', () => {
    expect(saturdays.isOpen(at('2026-11-08T00:00'))).toBe(false);
    expect(saturdays.dueAt(at('2026-11-07T00:00'), 24 * HOUR + 1)).toEqual({
      found: true,
      at: at('2026-11-14T00:00:00.001'),
    });
  });
});

describe('case 4: a calendar with no working time', () => {
  it('is refused when it is saved', () => {
    expect(validateCalendar({ ...officeHours(), hours: { monday: [] } })).toEqual([
      { pointer: '/hours', detail: 'the calendar has no working time at all', code: 'absurd' },
    ]);
    expect(validateCalendar({ ...officeHours(), hours: { monday: [['09:00', '09:01']] } })).toEqual([]);
  });

  it('does not hang who compiles it all the same', () => {
    const never = compileCalendar({ ...officeHours(), hours: {} });
    expect(due(never, '2026-11-02T09:00', 'PT1H')).toBe('beyond-horizon');
    expect(hours(never, '1900-01-01T00:00', '2200-01-01T00:00')).toBe(0);
    expect([...never.openSpans(at('1900-01-01T00:00'), at('2200-01-01T00:00'))]).toEqual([]);
  });
});

describe('case 5: split days, spans past midnight', () => {
  it('counts 08-13 and 14-18 without the break', () => {
    const split = compileCalendar(
      officeHours('UTC', [
        ['08:00', '13:00'],
        ['14:00', '18:00'],
      ]),
    );
    expect(due(split, '2026-11-02T12:00', 'PT2H')).toBe('2026-11-02T15:00Z');
    expect(hours(split, '2026-11-02T00:00', '2026-11-03T00:00')).toBe(9);
  });

  it('counts 22-06 on both sides of midnight, also into Saturday', () => {
    const night = compileCalendar(officeHours('UTC', [['22:00', '06:00']]));
    expect(due(night, '2026-11-06T23:00', 'PT6H')).toBe('2026-11-07T05:00Z');
    expect(due(night, '2026-11-06T23:00', 'PT8H')).toBe('2026-11-09T23:00Z');
    expect(hours(night, '2026-11-02T00:00', '2026-11-02T12:00')).toBe(0);
  });
});

describe('case 6: the calendar has its own zone, and targets cross daylight saving changes', () => {
  it('opens by its own clock, not by that of the instant', () => {
    const istanbul = compileCalendar(officeHours('Europe/Istanbul'));
    expect(due(istanbul, '2026-11-02T09:30+01:00', 'PT2H')).toBe('2026-11-02T10:30Z');
    expect(due(istanbul, '2026-11-02T05:00-05:00', 'PT2H')).toBe('2026-11-02T12:00Z');
  });

  it.each([
    ['Europe/Berlin springs', 'Europe/Berlin', '2026-03-28T22:00+01:00', 7],
    ['Europe/Berlin falls back', 'Europe/Berlin', '2026-10-24T22:00+02:00', 9],
    ['Australia/Lord_Howe springs by half an hour', 'Australia/Lord_Howe', '2026-10-03T22:00+10:30', 7.5],
    ['Australia/Lord_Howe falls back', 'Australia/Lord_Howe', '2026-04-04T22:00+11:00', 8.5],
    ['Asia/Tehran springs at midnight', 'Asia/Tehran', '2022-03-21T22:00+03:30', 7],
    ['Asia/Tehran falls back', 'Asia/Tehran', '2022-09-21T22:00+04:30', 9],
  ])('%s: the shift from 22 to 6 lasts what it lasted', (_, zone, start, lasted) => {
    const night = compileCalendar(everyDay(zone, [['22:00', '06:00']]));
    const begin = at(start);
    expect(night.elapsed(begin, (begin + 12 * HOUR) as Instant)).toBe(lasted * HOUR);
    expect(night.dueAt(begin, lasted * HOUR)).toEqual({ found: true, at: begin + lasted * HOUR });
  });

  it.each(['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Tehran', 'America/St_Johns', 'Africa/Casablanca'])(
    '%s: round the clock, business time is wall time',
    (zone) => {
      const always = compileCalendar(everyDay(zone, [['00:00', '24:00']]));
      expect(hours(always, '2020-01-01T00:00', '2023-01-01T00:00')).toBe(1096 * 24);
      expect([...always.openSpans(at('2020-01-01T00:00'), at('2023-01-01T00:00'))]).toHaveLength(1);
    },
  );

  it('a target over a change by day is as long as ever', () => {
    const berlin = compileCalendar(officeHours('Europe/Berlin'));
    expect(due(berlin, '2026-03-27T16:00+01:00', 'PT2H')).toBe('2026-03-30T08:00Z');
    expect(due(berlin, '2026-10-23T16:00+02:00', 'PT2H')).toBe('2026-10-26T09:00Z');
  });
});

describe('case 7: local times that do not exist, or exist twice', () => {
  const sundays = (hoursOfSunday: CalendarDefinition['hours']['sunday']): BusinessCalendar =>
    compileCalendar({ ...officeHours('Europe/Berlin'), hours: { sunday: hoursOfSunday } });
  const spans = (calendar: BusinessCalendar, date: string): string[] =>
    [...calendar.openSpans(at(`${date}T00:00`), at(`${date}T12:00`))].map(
      ({ from, to }) => `${toIso(from).slice(11, 16)}-${toIso(to).slice(11, 16)}`,
    );

  it('an opening that is skipped happens at the first instant after the gap', () => {
    expect(spans(sundays([['02:30', '04:00']]), '2026-03-29')).toEqual(['01:00-02:00']);
  });

  it('a closing that is skipped happens at the gap, and a span within it not at all', () => {
    expect(spans(sundays([['01:00', '02:30']]), '2026-03-29')).toEqual(['00:00-01:00']);
    expect(spans(sundays([['02:10', '02:50']]), '2026-03-29')).toEqual([]);
  });

  it('times that happen twice count twice', () => {
    expect(spans(sundays([['02:00', '03:00']]), '2026-10-25')).toEqual(['00:00-02:00']);
    expect(spans(sundays([['02:15', '02:45']]), '2026-10-25')).toEqual(['00:15-00:45', '01:15-01:45']);
  });

  it('a span that closes within the doubled hour is open whenever the clock shows its times', () => {
    expect(spans(sundays([['02:00', '02:30']]), '2026-10-25')).toEqual(['00:00-00:30', '01:00-01:30']);
  });

  it('a day that a zone skipped has no business time', () => {
    const apia = compileCalendar(everyDay('Pacific/Apia', [['09:00', '17:00']]));
    expect(hours(apia, '2011-12-30T00:00-10:00', '2012-01-01T00:00+14:00')).toBe(8);
  });
});

describe('case 8: Europe/Istanbul history', () => {
  const nights = compileCalendar(everyDay('Europe/Istanbul', [['00:00', '06:00']]));

  it.each([
    ['an ordinary night', '2011-03-27', 6],
    ['2011: summer time began on a Monday, after an examination', '2011-03-28', 5],
    ['2014: not on the Sunday of the elections', '2014-03-30', 6],
    ['2014: but on the Monday', '2014-03-31', 5],
    ['2015: not in October, before the elections', '2015-10-25', 6],
    ['2015: but on 8 November', '2015-11-08', 7],
    ['2016: the last spring', '2016-03-27', 5],
    ['2016: no autumn any more', '2016-10-30', 6],
  ])('%s (%s)', (_, date, lasted) => {
    // From the evening before to noon, in either offset.
    const noon = at(`${date}T12:00+02:30`);
    expect(nights.elapsed((noon - 14 * HOUR) as Instant, noon) / HOUR).toBe(lasted);
  });

  it('+03 for good since September 2016', () => {
    const calendar = compileCalendar(everyDay('Europe/Istanbul', [['09:00', '17:00']]));
    for (const date of ['2016-11-14', '2020-01-15', '2026-07-15', '2030-12-16']) {
      expect(due(calendar, `${date}T00:00`, 'PT1H')).toBe(`${date}T07:00Z`);
    }
    expect(due(calendar, '2016-02-15T00:00', 'PT1H')).toBe('2016-02-15T08:00Z');
  });
});

describe('case 9: Turkish half days, feasts that move, leave announced after the fact', () => {
  const istanbul = withPublicHolidays(
    { ...officeHours('Europe/Istanbul', [['09:00', '18:00']]), holidays: { country: 'TR' } },
    2026,
  );
  const calendar = compileCalendar(istanbul);

  it('28 October is half a day, 29 October none', () => {
    expect(due(calendar, '2026-10-28T12:00+03:00', 'PT2H')).toBe('2026-10-30T07:00Z');
    expect(hours(calendar, '2026-10-28T00:00+03:00', '2026-10-30T00:00+03:00')).toBe(4);
  });

  it.each([
    ['Ramazan 2024', '2024-04-09T12:00+03:00', '2024-04-15T07:00Z'],
    ['Ramazan 2025, eve on a Saturday', '2025-03-28T17:00+03:00', '2025-04-02T07:00Z'],
    ['Kurban 2026', '2026-05-26T12:00+03:00', '2026-06-01T07:00Z'],
  ])('%s: an hour before the eve closes at 13:00, then the feast, then an hour', (_, start, expected) => {
    expect(due(calendar, start, 'PT2H')).toBe(expected);
  });

  it('an administrative leave of last week changes the count under the new calendar only', () => {
    const withLeave = compileCalendar({
      ...istanbul,
      exceptions: [{ date: '2026-10-30', hours: [], name: 'İdari izin' }],
    });
    const [from, to] = ['2026-10-28T00:00+03:00', '2026-11-03T00:00+03:00'] as const;
    expect(hours(withLeave, from, to)).toBe(4 + 9);
    expect(hours(calendar, from, to)).toBe(4 + 9 + 9);
  });
});

describe('case 10: a holiday block next to a weekend', () => {
  it('Thursday 16:00 + 2 h over Friday to Monday → Tuesday 10:00', () => {
    const calendar = compileCalendar({
      ...officeHours(),
      exceptions: [
        { date: '2026-11-06', hours: [] },
        { date: '2026-11-09', hours: [] },
      ],
    });
    expect(due(calendar, '2026-11-05T16:00', 'PT2H')).toBe('2026-11-10T10:00Z');
    expect(due(calendar, '2026-11-05T16:00', 'PT1H')).toBe('2026-11-05T17:00Z');
  });
});
