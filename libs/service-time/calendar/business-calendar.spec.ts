import { at, everyDay, officeHours } from '../testing/fixtures.js';
import { HOUR, MINUTE, toIso } from '../instant.js';
import { BusinessCalendar, compileCalendar, HORIZON_YEARS } from './business-calendar.js';
import { CalendarDefinition } from './calendar-definition.js';

function due(calendar: BusinessCalendar, start: string, target: number): string {
  const result = calendar.dueAt(at(start), target);
  return result.found ? toIso(result.at) : result.reason;
}

describe('a business calendar', () => {
  const office = compileCalendar(officeHours());

  it('counts nothing backwards', () => {
    expect(office.elapsed(at('2026-11-03T12:00'), at('2026-11-03T10:00'))).toBe(0);
    expect(office.elapsed(at('2026-11-03T10:00'), at('2026-11-03T10:00'))).toBe(0);
    expect(office.elapsed(at('2026-11-03T10:00'), at('2026-11-03T10:00:00.001'))).toBe(1);
  });

  it('is open at its opening and closed at its closing time', () => {
    expect(office.isOpen(at('2026-11-03T08:59:59.999'))).toBe(false);
    expect(office.isOpen(at('2026-11-03T09:00'))).toBe(true);
    expect(office.isOpen(at('2026-11-03T16:59:59.999'))).toBe(true);
    expect(office.isOpen(at('2026-11-03T17:00'))).toBe(false);
  });

  it('walks its open spans clipped to what was asked, as they are asked for', () => {
    const spans = [...office.openSpans(at('2026-11-03T16:00'), at('2026-11-05T10:00'))];
    expect(spans.map(({ from, to }) => `${toIso(from)} ${toIso(to)}`)).toEqual([
      '2026-11-03T16:00:00.000Z 2026-11-03T17:00:00.000Z',
      '2026-11-04T09:00:00.000Z 2026-11-04T17:00:00.000Z',
      '2026-11-05T09:00:00.000Z 2026-11-05T10:00:00.000Z',
    ]);
  });

  it('keeps a shift over New Year whole', () => {
    const night = compileCalendar(everyDay('Europe/Istanbul', [['22:00', '06:00']]));
    const spans = [...night.openSpans(at('2026-12-31T12:00Z'), at('2027-01-01T12:00Z'))];
    expect(spans).toEqual([{ from: at('2026-12-31T22:00+03:00'), to: at('2027-01-01T06:00+03:00') }]);
    expect(night.elapsed(at('2026-12-31T12:00Z'), at('2027-01-01T12:00Z'))).toBe(8 * HOUR);
  });

  it('merges a shift past midnight with the spans of the next day', () => {
    const overlapping = compileCalendar({
      ...officeHours(),
      hours: { monday: [['22:00', '06:00']], tuesday: [['05:00', '08:00']] },
    });
    expect(overlapping.elapsed(at('2026-11-02T00:00'), at('2026-11-04T00:00'))).toBe(10 * HOUR);
  });

  describe('special days', () => {
    const holidays: CalendarDefinition = {
      ...officeHours(),
      publicHolidays: [
        { date: '2026-11-03', name: 'A holiday' },
        { date: '2026-11-04', closedFrom: '13:00', name: 'A half day' },
        { date: '2026-11-05', name: 'A holiday that is worked' },
      ],
      exceptions: [
        { date: '2026-11-05', hours: [['10:00', '12:00']] },
        { date: '2026-11-06', hours: [], name: 'Administrative leave' },
        { date: '2026-11-07', hours: [['09:00', '10:00']], name: 'A worked Saturday' },
      ],
    };
    const calendar = compileCalendar(holidays);

    it.each([
      ['a public holiday is closed', '2026-11-03', 0],
      ['a half day closes at its hour', '2026-11-04', 4],
      ['an exception opens a holiday', '2026-11-05', 2],
      ['an exception without hours closes a day', '2026-11-06', 0],
      ['an exception opens a day off', '2026-11-07', 1],
      ['other days are as usual', '2026-11-09', 8],
    ])('%s', (_, date, hours) => {
      expect(calendar.elapsed(at(`${date}T00:00`), at(`${date}T24:00`))).toBe(hours * HOUR);
    });

    it.each([['whole first'], ['half first']])(
      'closes most of what two holidays of one day close: %s',
      (order) => {
        const [whole, half] = [
          { date: '2026-11-03', name: 'All day' },
          { date: '2026-11-03', name: 'From one on', closedFrom: '13:00' },
        ];
        const publicHolidays = order === 'whole first' ? [whole, half] : [half, whole];
        const feast = compileCalendar({ ...officeHours(), publicHolidays });
        expect(feast.elapsed(at('2026-11-03T00:00'), at('2026-11-04T00:00'))).toBe(0);
      },
    );

    it('cancels the shift that begins on the holiday, not the one that ends on it', () => {
      const night = compileCalendar({
        ...everyDay('UTC', [['22:00', '06:00']]),
        publicHolidays: [{ date: '2026-11-03', name: 'A holiday' }],
      });
      expect(night.isOpen(at('2026-11-03T05:00'))).toBe(true);
      expect(night.isOpen(at('2026-11-03T23:00'))).toBe(false);
      expect(night.isOpen(at('2026-11-04T05:00'))).toBe(false);
      expect(night.isOpen(at('2026-11-04T23:00'))).toBe(true);
    });
  });

  describe('gives up', () => {
    it('on a calendar that exceptions close for good', () => {
      const oneDay = compileCalendar({
        ...officeHours(),
        hours: {},
        exceptions: [{ date: '2026-11-03', hours: [['09:00', '10:00']] }],
      });
      expect(due(oneDay, '2026-11-01T00:00', HOUR)).toBe('2026-11-03T10:00:00.000Z');
      expect(due(oneDay, '2026-11-01T00:00', HOUR + 1)).toBe('beyond-horizon');
    });

    it(`on a target that takes longer than ${HORIZON_YEARS} years`, () => {
      expect(due(office, '2026-11-01T00:00', 40 * 365 * 5 * HOUR)).toMatch(/^20/);
      expect(due(office, '2026-11-01T00:00', 1e6 * HOUR)).toBe('beyond-horizon');
    });

    it('on dates that no one can have meant, which are closed', () => {
      expect(office.elapsed(at('0001-01-01T00:00'), at('1900-01-01T00:00'))).toBe(0);
      expect(office.isOpen(at('2500-01-01T12:00'))).toBe(false);
      expect(due(office, '9999-12-31T00:00', MINUTE)).toBe('beyond-horizon');
      expect(due(office, '0001-01-01T00:00', HOUR)).toBe('1900-01-01T10:00:00.000Z');
    });
  });
});
