import { instantOf, toIso } from '../instant.js';
import { nextDayIn } from './next-day.js';

describe('the next day of a zone', () => {
  it.each([
    ['begins at its own midnight', 'Europe/Istanbul', '2026-11-26T12:00Z', '2026-11-26T21:00Z'],
    ['is a day away at midnight itself', 'Europe/Istanbul', '2026-11-26T21:00Z', '2026-11-27T21:00Z'],
    ['is a millisecond away before midnight', 'UTC', '2026-11-26T23:59:59.999Z', '2026-11-27T00:00Z'],
    ['lies in the next year', 'America/New_York', '2026-12-31T12:00Z', '2027-01-01T05:00Z'],
    [
      'lies in the next year, told after its UTC beginning',
      'America/New_York',
      '2027-01-01T02:00Z',
      '2027-01-01T05:00Z',
    ],
    ['comes after a day of 25 hours', 'Europe/Berlin', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['begins at one where midnight is skipped', 'Africa/Cairo', '2026-04-23T12:00Z', '2026-04-23T22:00Z'],
    [
      'is the one after a day that was left out',
      'Pacific/Apia',
      '2011-12-29T12:00-10:00',
      '2011-12-30T10:00Z',
    ],
  ])('%s: %s', (_, timeZone, at, next) => {
    expect(toIso(nextDayIn(timeZone, instantOf(at)))).toBe(toIso(instantOf(next)));
  });
});
