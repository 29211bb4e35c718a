import { quantile, responseRate1, shareOf, summarise, topTwoBox } from '../index.js';

describe('a summary of times', () => {
  it('is of exact values, in any order', () => {
    expect(summarise([4, 1, 3, 2])).toEqual({ n: 4, mean: 2.5, median: 2.5, p90: 3.7, max: 4 });
    expect(summarise([5])).toEqual({ n: 1, mean: 5, median: 5, p90: 5, max: 5 });
    expect(summarise([10, 9, 100])).toMatchObject({ median: 10, max: 100 });
    expect(summarise([0.1, 0.2]).mean).toBeCloseTo(0.15, 15);
  });

  it('says nothing about nothing', () => {
    expect(summarise([])).toEqual({ n: 0, mean: null, median: null, p90: null, max: null });
  });

  it('has the quantiles that a spreadsheet has (PERCENTILE.INC)', () => {
    const values = [15, 20, 35, 40, 50];
    expect(quantile(values, 0.4)).toBeCloseTo(29, 10);
    expect(quantile(values, 0.9)).toBeCloseTo(46, 10);
    expect(quantile(values, 0)).toBe(15);
    expect(quantile(values, 1)).toBe(50);
  });
});

describe('a share with its Wilson interval', () => {
  it.each([
    [40, 50, '80.00', '66.96', '88.76'],
    [0, 10, '0.00', '0.00', '27.75'],
    [10, 10, '100.00', '72.25', '100.00'],
  ])('%s of %s → %s %% [%s, %s]', (count, n, share, low, high) => {
    const result = shareOf(count, n);
    const percent = (value: number | null): string => ((value ?? NaN) * 100).toFixed(2);
    expect([percent(result.share), percent(result.low), percent(result.high)]).toEqual([share, low, high]);
  });

  it('of nobody is unknown', () => {
    expect(shareOf(0, 0)).toEqual({ count: 0, n: 0, share: null, low: null, high: null });
  });
});

describe('satisfaction', () => {
  it('is the share of 4 and 5 among the answers; a missing answer is not counted', () => {
    expect(topTwoBox([5, 4, 3, null, 1])).toMatchObject({ count: 2, n: 4, share: 0.5 });
    expect(topTwoBox([null, null])).toMatchObject({ n: 0, share: null });
  });
});

describe('the response rate', () => {
  it('is AAPOR’s first', () => {
    const outcomes = { complete: 600, partial: 50, refused: 80, notContacted: 200, other: 20, unknown: 50 };
    expect(responseRate1(outcomes)).toBe(0.6);
  });

  it('of no calls is unknown', () => {
    const none = { complete: 0, partial: 0, refused: 0, notContacted: 0, other: 0, unknown: 0 };
    expect(responseRate1(none)).toBeNull();
  });
});
