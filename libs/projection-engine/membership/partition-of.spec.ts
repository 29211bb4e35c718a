import fc from 'fast-check';
import { partitionOf } from './partition-of.js';

describe('The partition of a complaint', () => {
  it('of builds that earlier releases made is where those releases put it', () => {
    const ids = ['0190c5d2-7a11-7c3e-9a54-5d3a5b1f0c21', '0190c5d2-7a11-7c3e-9a54-5d3a5b1f0c22', 'c3', ''];
    expect(ids.map((id) => partitionOf(id, { partitions: 4 }))).toEqual([2, 1, 0, 0]);
    expect(ids.map((id) => partitionOf(id, { partitions: 7 }))).toEqual([1, 3, 2, 4]);
  });

  it('is told by the last two digits of its id, and by a hash where it does not end in such', () => {
    const spread = { partitions: 7, partitionedBy: 'id-end' } as const;
    const byHash = { partitions: 7 };
    expect(partitionOf('x00', spread)).toBe(0);
    expect(partitionOf('x1f', spread)).toBe(31 % 7);
    expect(partitionOf('ff', spread)).toBe(255 % 7);
    for (const id of ['FF', 'f', '', 'xg', '1g', 'g1', '1/', ':1', '`a', '1\n'])
      expect(partitionOf(id, spread)).toBe(partitionOf(id, byHash));
  });

  it('is as likely to be any of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), (partitions) => {
        const counts = Array<number>(partitions).fill(0);
        for (let end = 0; end < 256; end++) {
          const id = `id-${end.toString(16).padStart(2, '0')}`;
          const partition = partitionOf(id, { partitions, partitionedBy: 'id-end' });
          counts[partition] = (counts[partition] ?? 0) + 1;
        }
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
