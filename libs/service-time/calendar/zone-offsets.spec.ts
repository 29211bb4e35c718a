import { DAY, MINUTE } from '../instant.js';
import { isTimeZone, zoneOffsets } from './zone-offsets.js';

function changes(timeZone: string, year: number): string[] {
  const segments = zoneOffsets(timeZone)(year);
  return segments
    .slice(1)
    .map(({ from, offset }) => `${new Date(from).toISOString().slice(0, 16)} ${offset / MINUTE}`);
}

describe('the offsets of a zone', () => {
  it.each<[string, number, string[]]>([
    ['UTC', 2026, []],
    ['Europe/Istanbul', 2026, []],
    ['Europe/Istanbul', 2016, ['2016-03-27T01:00 180']],
    ['Europe/Istanbul', 2015, ['2015-03-29T01:00 180', '2015-11-08T01:00 120']],
    ['Europe/Berlin', 2026, ['2026-03-29T01:00 120', '2026-10-25T01:00 60']],
    ['Australia/Lord_Howe', 2026, ['2026-04-04T15:00 630', '2026-10-03T15:30 660']],
    ['Pacific/Apia', 2011, ['2011-04-02T14:00 -660', '2011-09-24T14:00 -600', '2011-12-30T10:00 840']],
    ['America/Boa_Vista', 2000, ['2000-02-27T03:00 -240', '2000-10-08T04:00 -180', '2000-10-15T03:00 -240']],
    ['Asia/Pyongyang', 2018, ['2018-05-04T15:00 540']],
  ])('%s in %s', (timeZone, year, expected) => {
    expect(changes(timeZone, year)).toEqual(expected);
  });

  it('cover each year from end to end', () => {
    for (const year of [1900, 1974, 2015, 2199]) {
      const segments = zoneOffsets('America/New_York')(year);
      expect(segments[0]?.from).toBe(Date.UTC(year, 0, 1));
      expect(segments.at(-1)?.to).toBe(Date.UTC(year + 1, 0, 1));
      segments.slice(1).forEach((segment, index) => {
        expect(segment.from).toBe(segments[index]?.to);
      });
    }
  });

  it('are found in a year that has none, and in one that ends in summer', () => {
    expect(zoneOffsets('Antarctica/Troll')(2026).map(({ offset }) => offset / MINUTE)).toEqual([0, 120, 0]);
    expect(
      zoneOffsets('Australia/Sydney')(2026).map(({ from, to }) => Math.round((to - from) / DAY)),
    ).toHaveLength(3);
  });

  it.each([
    ['Europe/Istanbul', true],
    ['Asia/Calcutta', true],
    ['UTC', true],
    ['Europe/Ankara', false],
    ['+03:00', false],
    ['', false],
  ])('%s is a zone: %s', (name, known) => {
    expect(isTimeZone(name)).toBe(known);
  });
});
