import { localPeriods } from './local-periods.js';

const week = (moment: string, zone = 'UTC'): string => localPeriods(zone).week(moment);

describe('The week of a moment', () => {
  it.each([
    ['2018-12-30', '2018-W52'],
    ['2018-12-31', '2019-W01'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2022-01-02', '2021-W52'],
    ['2023-01-01', '2022-W52'],
    ['2024-12-30', '2025-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
  ])('on %s is %s', (date, expected) => {
    expect(week(`${date}T12:00:00.000Z`)).toBe(expected);
  });

  it('begins at midnight on Monday in the zone, not a millisecond earlier', () => {
    expect(week('2026-03-01T20:59:59.999Z', 'Europe/Istanbul')).toBe('2026-W09');
    expect(week('2026-03-01T21:00:00.000Z', 'Europe/Istanbul')).toBe('2026-W10');
  });
});

describe('The month of a moment', () => {
  it.each([
    ['Europe/Istanbul', '2026-02-28T20:59:59.999Z', '2026-02'],
    ['Europe/Istanbul', '2026-02-28T21:00:00.000Z', '2026-03'],
    ['Asia/Kathmandu', '2026-02-28T18:14:59.999Z', '2026-02'],
    ['Asia/Kathmandu', '2026-02-28T18:15:00.000Z', '2026-03'],
    // Summer time ended on the first day of the month.
    ['America/New_York', '2026-11-01T03:59:59.999Z', '2026-10'],
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11'],
  ])('in %s at %s is %s', (zone, moment, expected) => {
    expect(localPeriods(zone).month(moment)).toBe(expected);
  });
});
