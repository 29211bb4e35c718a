import { execFileSync } from 'node:child_process';
import { HolidayRecord } from '../calendar/calendar-definition.js';
import { compileCalendar } from '../calendar/business-calendar.js';
import { DAY, instantOf } from '../instant.js';
import {
  compileDraft,
  expandHolidays,
  knowsHolidaysOf,
  withPublicHolidays,
  YEARS_AFTER,
  YEARS_BEFORE,
} from './index.js';
import { officeHours } from '../testing/fixtures.js';

const turkey = expandHolidays({ country: 'TR' }, 2010, 2035);

function on(date: string): HolidayRecord | undefined {
  return turkey.find((record) => record.date === date);
}

/** First days as Diyanet published them for each year; the eve is the day before, closed from 13:00. */
const OFFICIAL = [
  ['2015', '2015-07-17', '2015-09-24'],
  ['2016', '2016-07-05', '2016-09-12'],
  ['2017', '2017-06-25', '2017-09-01'],
  ['2018', '2018-06-15', '2018-08-21'],
  ['2019', '2019-06-04', '2019-08-11'],
  ['2020', '2020-05-24', '2020-07-31'],
  ['2021', '2021-05-13', '2021-07-20'],
  ['2022', '2022-05-02', '2022-07-09'],
  ['2023', '2023-04-21', '2023-06-28'],
  ['2024', '2024-04-10', '2024-06-16'],
  ['2025', '2025-03-30', '2025-06-06'],
  ['2026', '2026-03-20', '2026-05-27'],
  ['2027', '2027-03-09', '2027-05-16'],
] as const;

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

describe('public holidays of Turkey', () => {
  it.each(OFFICIAL)('%s: the feasts begin at 13:00 the day before %s and %s', (_, ramazan, kurban) => {
    for (const [first, name, days] of [
      [ramazan, 'Ramazan Bayramı', 3],
      [kurban, 'Kurban Bayramı', 4],
    ] as const) {
      const eve = on(daysAfter(first, -1));
      expect(eve?.name).toContain(name);
      for (let day = 0; day < days; day++) {
        expect(on(daysAfter(first, day))?.name).toContain(`${name} ${day + 1}. gün`);
        expect(on(daysAfter(first, day))?.closedFrom).toBeUndefined();
      }
      expect(on(daysAfter(first, days))?.name ?? '').not.toContain(name);
      expect(on(daysAfter(first, -2))?.name ?? '').not.toContain(name);
    }
  });

  it('has thirteen years checked, and every year of the table has both feasts', () => {
    expect(OFFICIAL).toHaveLength(13);
    for (let year = 2010; year <= 2035; year++) {
      const feasts = turkey.filter(
        ({ date, name }) => date.startsWith(String(year)) && name.includes('1. gün'),
      );
      // 2033 has two Ramazan feasts, in January and in December.
      expect(feasts).toHaveLength(year === 2033 ? 3 : 2);
    }
  });

  it.each([
    ['the eve of a feast on an ordinary day', '2024-04-09', { closedFrom: '13:00' }],
    ['the eve of the Republic', '2026-10-28', { closedFrom: '13:00' }],
    ['the Republic', '2026-10-29', { name: 'Cumhuriyet Bayramı' }],
    ['New Year', '2026-01-01', { name: 'Yılbaşı' }],
    ['Victory', '2026-08-30', { name: 'Zafer Bayramı' }],
  ])('%s', (_, date, expected) => {
    expect(on(date)).toMatchObject(expected);
  });

  it('a whole holiday on the eve of a feast stays whole', () => {
    expect(on('2022-05-01')).toEqual({
      date: '2022-05-01',
      name: 'Emek ve Dayanışma Günü / Ramazan Bayramı arifesi',
    });
    expect(on('2023-04-23')?.closedFrom).toBeUndefined();
  });

  it.each([
    ['2016-07-15', '2017-07-15', 'Demokrasi ve Millî Birlik Günü'],
    ['2008-05-01', '2009-05-01', 'Emek ve Dayanışma Günü'],
  ])('%s was none yet, %s is', (before, since, name) => {
    const earlier = expandHolidays({ country: 'TR' }, 2008, 2018);
    expect(earlier.find(({ date }) => date === before)?.name ?? '').not.toContain(name);
    expect(earlier.find(({ date }) => date === since)?.name).toContain(name);
  });

  it('beyond the table the library’s dates serve, of the same form', () => {
    const later = expandHolidays({ country: 'TR' }, 2036, 2040);
    const half = later.filter(({ closedFrom }) => closedFrom === '13:00');
    expect(half.length).toBeGreaterThanOrEqual(3 * 5);
    expect(later.filter(({ name }) => name.includes('Kurban Bayramı 4. gün'))).not.toHaveLength(0);
  });
});

describe('public holidays elsewhere', () => {
  it('only public ones count', () => {
    const germany = expandHolidays({ country: 'DE' }, 2026, 2026).map(({ date }) => date);
    expect(germany).toContain('2026-10-03');
    // Christmas Eve is an observance with a bank holiday's hours, not a public holiday.
    expect(germany).not.toContain('2026-12-24');
  });

  it('regions have their own', () => {
    const epiphany = (region?: string): boolean =>
      expandHolidays({ country: 'DE', region }, 2026, 2026).some(({ date }) => date === '2026-01-06');
    expect(epiphany('by')).toBe(true);
    expect(epiphany('be')).toBe(false);
    expect(epiphany()).toBe(false);
  });

  it('holidays that begin in the year before reach into this one', () => {
    const incwala = expandHolidays({ country: 'SZ' }, 2026, 2026).filter(({ name }) =>
      name.includes('Incwala'),
    );
    const days = ['2026-01-01', '2026-01-02', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'];
    expect(incwala.map(({ date }) => date)).toEqual(days);
  });

  it('holidays of several days take each of them', () => {
    const dates = expandHolidays({ country: 'RO' }, 2026, 2026).map(({ date }) => date);
    expect(dates).toEqual(expect.arrayContaining(['2026-01-01', '2026-01-02']));
    expect(dates.every((date) => date.startsWith('2026'))).toBe(true);
    expect([...dates].sort()).toEqual(dates);
    expect(new Set(dates).size).toBe(dates.length);
  });

  it.each([
    ['TR', undefined, true],
    ['DE', 'by', true],
    ['DE', 'BY', true],
    ['DE', 'DE-BY', true],
    ['DE', 'BY-A', true],
    ['US', 'la-no', true],
    ['XX', undefined, false],
    ['tr', undefined, false],
    ['DE', 'xx', false],
    ['DE', 'by-xx', false],
    ['TR', '34', false],
    ['__proto__', undefined, false],
  ])('%s %s: known is %s', (country, region, known) => {
    expect(knowsHolidaysOf(country, region)).toBe(known);
  });
});

describe('a draft', () => {
  it.each(['TR', 'RO', 'DE', 'SZ'])('has the holidays of %s that publication would freeze', (country) => {
    const definition = { ...officeHours('UTC', [['00:00', '24:00']]), holidays: { country } };
    const published = compileCalendar(withPublicHolidays(definition, 2026));
    const draft = compileDraft(definition);
    const [from, to] = [instantOf('2010-01-01T00:00:00Z'), instantOf('2039-01-01T00:00:00Z')];
    expect([...draft.openSpans(from, to)]).toEqual([...published.openSpans(from, to)]);
  });

  it('takes none over that were frozen before, and has those of far years', () => {
    const definition = { ...officeHours(), publicHolidays: [{ date: '2026-11-02', name: 'gone' }] };
    expect(compileDraft(definition).isOpen(instantOf('2026-11-02T10:00:00Z'))).toBe(true);
    const turkish = compileDraft({ ...officeHours(), holidays: { country: 'TR' } });
    expect(turkish.isOpen(instantOf('2198-10-29T10:00:00Z'))).toBe(false);
    expect(turkish.dueAt(instantOf('2199-12-30T10:00:00Z'), 100 * DAY).found).toBe(false);
  });
});

describe('what is frozen into a calendar', () => {
  it('reaches back and ahead of its publication, and replaces what was frozen before', () => {
    const former = [{ date: '1999-01-01', name: 'gone' }];
    const { publicHolidays } = withPublicHolidays(
      { ...officeHours(), holidays: { country: 'TR' }, publicHolidays: former },
      2026,
    );
    expect(publicHolidays?.at(0)?.date).toBe(`${2026 - YEARS_BEFORE}-01-01`);
    expect(publicHolidays?.at(-1)?.date.slice(0, 4)).toBe(String(2026 + YEARS_AFTER));
    expect(JSON.stringify(publicHolidays).length).toBeLessThan(64 * 1024);
    expect(
      withPublicHolidays({ ...officeHours(), publicHolidays: former }, 2026).publicHolidays,
    ).toBeUndefined();
  });

  it('is the same on machines of any zone', () => {
    const script = `
      const Holidays = require('date-holidays');
      const of = (...place) => new Holidays(...place, { types: ['public'] }).getHolidays(2026)
        .map(({ date, start, end, rule }) => [date, end - start, rule]);
      console.log(JSON.stringify([of('TR'), of('DE', 'by'), of('SA'), of('US'), of('NZ')]));`;
    const [here, ...others] = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'].map((TZ) =>
      execFileSync(process.execPath, ['-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' }),
    );
    for (const other of others) expect(other).toBe(here);
  });
});
