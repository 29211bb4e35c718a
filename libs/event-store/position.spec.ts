import fc from 'fast-check';
import {
  comparePositions,
  formatPosition,
  InvalidPositionError,
  isPosition,
  parsePosition,
} from './position.js';

const half = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const position = fc.record({ commit: half, prepare: half });

describe('a position in the log', () => {
  it('pads both halves to the 20 digits of the largest', () => {
    expect(formatPosition({ commit: 1n, prepare: 0n })).toBe('00000000000000000001-00000000000000000000');
    expect(formatPosition({ commit: 2n ** 64n - 1n, prepare: 7n })).toBe(
      '18446744073709551615-00000000000000000007',
    );
  });

  it('comes back from text as it went', () => {
    fc.assert(
      fc.property(position, (halves) => {
        expect(parsePosition(formatPosition(halves))).toEqual(halves);
      }),
    );
  });

  it('compares as text as its numbers compare', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        const byNumber = a.commit === b.commit ? a.prepare - b.prepare : a.commit - b.commit;
        const expected = byNumber === 0n ? 0 : byNumber < 0n ? -1 : 1;
        expect(comparePositions(formatPosition(a), formatPosition(b))).toBe(expected);
      }),
    );
  });

  it.each(['', '1-1', '00000000000000000001', '00000000000000000001-0000000000000000000x', ' '.repeat(41)])(
    'is not "%s"',
    (text) => {
      expect(isPosition(text)).toBe(false);
      expect(() => parsePosition(text)).toThrow(InvalidPositionError);
    },
  );

  it('ends at the largest number that the protocol carries', () => {
    expect(isPosition('18446744073709551615-18446744073709551615')).toBe(true);
    expect(isPosition('18446744073709551616-00000000000000000000')).toBe(false);
    expect(() => formatPosition({ commit: 2n ** 64n, prepare: 0n })).toThrow(RangeError);
    expect(() => formatPosition({ commit: -1n, prepare: 0n })).toThrow(RangeError);
  });
});
