import { KnownHashes } from './known-hashes.js';

describe('the hashes that are known', () => {
  it('are those of the very revision', () => {
    const known = new KnownHashes();
    known.remember('complaint-1', 3, 'h3');
    expect(known.get('complaint-1', 3)).toBe('h3');
    expect(known.get('complaint-1', 2)).toBeUndefined();
    expect(known.get('complaint-2', 3)).toBeUndefined();
  });

  it('are not displaced by reading an older part of the stream', () => {
    const known = new KnownHashes();
    known.remember('complaint-1', 3, 'h3');
    known.remember('complaint-1', 1, 'h1');
    expect(known.get('complaint-1', 3)).toBe('h3');
  });

  it('are forgotten in the order of their last use', () => {
    const known = new KnownHashes(2);
    known.remember('complaint-1', 0, 'a');
    known.remember('complaint-2', 0, 'b');
    known.remember('complaint-1', 1, 'c');
    known.remember('complaint-3', 0, 'd');
    expect(known.get('complaint-2', 0)).toBeUndefined();
    expect(known.get('complaint-1', 1)).toBe('c');
    expect(known.get('complaint-3', 0)).toBe('d');
  });
});
