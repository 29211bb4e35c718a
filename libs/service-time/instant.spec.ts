import { instant, instantOf, parseInstant, toIso } from './instant.js';

describe('an instant', () => {
  it.each([
    ['2026-11-02T10:00:00Z', '2026-11-02T10:00:00.000Z'],
    ['2026-11-02T10:00+03:00', '2026-11-02T07:00:00.000Z'],
    ['2026-11-02T10:00:00.123-05:30', '2026-11-02T15:30:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is read', (text, expected) => {
    expect(toIso(instantOf(text))).toBe(expected);
  });

  it.each([
    '2026-11-02T10:00:00',
    '2026-11-02',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-02T25:00:00Z',
    'now',
    '',
  ])('%s is refused', (text) => {
    expect(parseInstant(text)).toBeUndefined();
    expect(() => instantOf(text)).toThrow(RangeError);
  });

  it('is a whole millisecond', () => {
    expect(() => instant(0.5)).toThrow(RangeError);
    expect(() => instant(NaN)).toThrow(RangeError);
    expect(instant(1)).toBe(1);
  });
});
