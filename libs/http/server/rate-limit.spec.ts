import { BoundedCounters } from './rate-limit.js';

describe('counters of requests', () => {
  it('count each address by itself until its window ends', () => {
    let now = 0;
    const counters = new BoundedCounters(1000, 10, () => now);
    expect(counters.increment('a').totalHits).toBe(1);
    expect(counters.increment('a').totalHits).toBe(2);
    expect(counters.increment('b').totalHits).toBe(1);
    now = 999;
    expect(counters.increment('a').totalHits).toBe(3);
    now = 1000;
    expect(counters.increment('a').totalHits).toBe(1);
  });

  it('never remember more addresses than they may, and forget the longest unseen first', () => {
    const counters = new BoundedCounters(1000, 3, () => 0);
    for (const address of ['a', 'b', 'c', 'a', 'd']) counters.increment(address);
    expect(counters.size).toBe(3);
    expect(counters.increment('a').totalHits).toBe(3);
    expect(counters.increment('b').totalHits).toBe(1);
  });
});
