import type { Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

const sales: Document[] = [
  { _id: 1, team: 'a', day: 1, n: 10 },
  { _id: 2, team: 'a', day: 2, n: 20 },
  { _id: 3, team: 'a', day: 2, n: 5 },
  { _id: 4, team: 'a', day: 5, n: 1 },
  { _id: 5, team: 'b', day: 1, n: 7 },
  { _id: 6, team: 'b', day: 3, n: 3 },
];

const cases: [name: string, output: Document, values: unknown[]][] = [
  ['a whole partition', { $sum: '$n' }, [36, 36, 36, 36, 10, 10]],
  ['a running sum', { $sum: '$n', window: { documents: ['unbounded', 'current'] } }, [10, 30, 35, 36, 7, 10]],
  ['a moving average', { $avg: '$n', window: { documents: [-1, 0] } }, [10, 15, 12.5, 3, 7, 5]],
  [
    'what follows',
    { $push: '$n', window: { documents: [1, 'unbounded'] } },
    [[20, 5, 1], [5, 1], [1], [], [3], []],
  ],
  ['a range of the order', { $sum: '$n', window: { range: [-1, 0] } }, [10, 35, 35, 1, 7, 3]],
  [
    'a range up to the current peers',
    { $sum: '$n', window: { range: ['unbounded', 'current'] } },
    [10, 35, 35, 36, 7, 10],
  ],
  ['$rank', { $rank: {} }, [1, 2, 2, 4, 1, 2]],
  ['$denseRank', { $denseRank: {} }, [1, 2, 2, 3, 1, 2]],
  ['$shift', { $shift: { output: '$n', by: -1, default: 0 } }, [0, 10, 20, 5, 0, 7]],
  [
    '$first and the like',
    { $max: '$n', window: { documents: ['unbounded', 'current'] } },
    [10, 20, 20, 20, 7, 7],
  ],
];

export function windowContract({ fresh }: MongodbUnderTest): void {
  describe('$setWindowFields', () => {
    it.each(cases)('%s', async (_, value, values) => {
      const c = await fresh(sales);
      const found = await c
        .aggregate([
          { $setWindowFields: { partitionBy: '$team', sortBy: { day: 1 }, output: { value } } },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      expect(found.map((doc) => doc['value'] as unknown)).toEqual(values);
    });

    it('numbers documents', async () => {
      const c = await fresh(sales);
      const found = await c
        .aggregate([
          { $setWindowFields: { sortBy: { n: -1 }, output: { place: { $documentNumber: {} } } } },
          { $sort: { place: 1 } },
        ])
        .toArray();
      expect(found.map((doc) => [doc['_id'], doc['place']] as unknown)).toEqual([
        [2, 1],
        [1, 2],
        [5, 3],
        [3, 4],
        [6, 5],
        [4, 6],
      ]);
    });

    it('refuses a rank without an order, and a window by documents without one', async () => {
      const c = await fresh(sales);
      const run = (value: Document) =>
        codeOf(c.aggregate([{ $setWindowFields: { output: { value } } }]).toArray());
      expect(await run({ $rank: {} })).toBeDefined();
      expect(await run({ $sum: '$n', window: { documents: [-1, 0] } })).toBeDefined();
      expect(await run({ $sum: '$n' })).toBeUndefined();
    });

    it('refuses a window that ends before it begins, and a unit of what is counted in documents', async () => {
      const c = await fresh([{ at: new Date(0), n: 1 }]);
      const run = (window: Document) =>
        codeOf(
          c
            .aggregate([
              {
                $setWindowFields: { sortBy: { at: 1 }, output: { sum: { $sum: '$n', window } } },
              },
            ])
            .toArray(),
        );
      expect(await run({ documents: [1, -1] })).toBe(5339900);
      expect(await run({ documents: ['current', -1] })).toBe(5339900);
      expect(await run({ range: [1, -1], unit: 'day' })).toBe(5339900);
      expect(await run({ documents: [-1, 0], unit: 'day' })).toBe(9);
      expect(await run({ documents: [1, 1] })).toBeUndefined();
      expect(await run({ range: [-1, 'current'], unit: 'day' })).toBeUndefined();
    });
  });
}
