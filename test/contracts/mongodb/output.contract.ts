import { codeOf, type MongodbUnderTest } from './harness.js';
import { teams as docs } from './teams.js';

export function outputContract({ fresh }: MongodbUnderTest): void {
  describe('aggregation that writes', () => {
    it('writes a collection anew by $out, keeping its indexes', async () => {
      const target = await fresh([{ _id: 99 }]);
      await target.createIndex({ n: 1 });
      const c = await fresh(docs);
      await c
        .aggregate([{ $match: { team: 'a' } }, { $project: { n: 1 } }, { $out: target.collectionName }])
        .toArray();
      expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 1, n: 5 },
        { _id: 3, n: 1 },
      ]);
      expect((await target.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1']);
    });

    it.each([
      [
        'replace',
        [
          { _id: 1, n: 5 },
          { _id: 3, n: 1 },
        ],
      ],
      [
        'keepExisting',
        [
          { _id: 1, old: true },
          { _id: 3, n: 1 },
        ],
      ],
      [
        'merge',
        [
          { _id: 1, old: true, n: 5 },
          { _id: 3, n: 1 },
        ],
      ],
    ])('merges into a collection by $merge, matched: %s', async (whenMatched, expected) => {
      const target = await fresh([{ _id: 1, old: true }]);
      const c = await fresh(docs);
      const merge = { into: target.collectionName, whenMatched, whenNotMatched: 'insert' };
      await c.aggregate([{ $match: { team: 'a' } }, { $project: { n: 1 } }, { $merge: merge }]).toArray();
      expect(await target.find().sort({ _id: 1 }).toArray()).toEqual(expected);
    });

    it('merges documents without an id into those that a unique index finds for them', async () => {
      const target = await fresh([{ _id: 'a', n: 5, old: true }]);
      await target.createIndexes([{ key: { n: 1 }, unique: true }]);
      const c = await fresh(docs);
      const merge = { into: target.collectionName, on: 'n', whenMatched: 'replace' };
      await c
        .aggregate([{ $match: { team: 'a' } }, { $project: { _id: 0, n: 1 } }, { $merge: merge }])
        .toArray();
      expect(await target.find({ n: 5 }).toArray()).toEqual([{ _id: 'a', n: 5 }]);
      expect(await target.find({ n: 1, _id: { $type: 'objectId' } }).toArray()).toHaveLength(1);
    });

    it('refuses $merge on fields that no unique index covers', async () => {
      const target = await fresh([{ _id: 1 }]);
      const c = await fresh(docs);
      expect(
        await codeOf(c.aggregate([{ $merge: { into: target.collectionName, on: 'n' } }]).toArray()),
      ).toBe(51183);
    });
  });
}
