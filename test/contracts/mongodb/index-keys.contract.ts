import { codeOf, ids, type MongodbUnderTest } from './harness.js';

/** What indexes hold of a document, and what they refuse. */
export function indexKeysContract({ fresh, db }: MongodbUnderTest): void {
  describe('index keys', () => {
    it('hold each element of an array', async () => {
      const c = await fresh([
        { _id: 1, tags: ['a', 'b'] },
        { _id: 2, tags: ['b', 'c'] },
        { _id: 3, tags: [] },
        { _id: 4 },
      ]);
      await c.createIndex({ tags: 1 });
      expect(ids(await c.find({ tags: 'b' }).sort({ _id: 1 }).toArray())).toEqual([1, 2]);
      expect(
        ids(
          await c
            .find({ tags: { $gte: 'a' } })
            .hint({ tags: 1 })
            .toArray(),
        ).sort(),
      ).toEqual([1, 2]);
      expect(ids(await c.find({ tags: null }).toArray())).toEqual([4]);
      expect(ids(await c.find({ tags: [] }).toArray())).toEqual([3]);
    });

    it('that are unique refuse a second of the same key, also while being built', async () => {
      const c = await fresh([
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ]);
      expect(await codeOf(c.createIndexes([{ key: { a: 1 }, unique: true }]))).toBe(11000);
      await c.createIndexes([{ key: { a: 1, b: 1 }, unique: true }]);
      const error = await c.insertOne({ a: 1, b: 2 }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 11000, keyPattern: { a: 1, b: 1 }, keyValue: { a: 1, b: 2 } });
      expect(await codeOf(c.updateOne({ b: 1 }, { $set: { b: 2 } }))).toBe(11000);
      expect(await codeOf(c.insertOne({ a: 1, b: 3 }))).toBeUndefined();
      expect((await c.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1_b_1']);
    });

    it('that are unique tell which element of an array is there already', async () => {
      const c = await fresh([{ _id: 1, tags: ['x', 'y'], at: { n: 1 } }]);
      await c.createIndexes([{ key: { tags: 1, 'at.n': 1 }, unique: true }]);
      const refused = await c.insertOne({ tags: ['z', 'y'], at: { n: 1 } }).catch((e: unknown) => e);
      expect(refused).toMatchObject({
        code: 11000,
        keyPattern: { tags: 1, 'at.n': 1 },
        keyValue: { tags: 'y', 'at.n': 1 },
      });
    });

    it('that are unique and sparse allow many documents without the field', async () => {
      const c = await fresh();
      await c.createIndexes([{ key: { a: 1 }, unique: true, sparse: true }]);
      await c.insertMany([{ b: 1 }, { b: 2 }, { a: 1 }]);
      expect(await codeOf(c.insertOne({ a: 1 }))).toBe(11000);
      expect(await c.find().sort({ a: 1 }).toArray()).toHaveLength(3);
      expect(await c.countDocuments({ a: null })).toBe(2);
    });

    it.each([
      ['without an index', false],
      ['by an index', true],
    ])(
      'take what stands beside documents in an array for one that lacks the field, %s',
      async (_, indexed) => {
        const c = await fresh([
          { _id: 1, a: [{ b: 5 }, 7] },
          { _id: 2, a: [{ b: 1 }] },
          { _id: 3, a: { b: 0 } },
          { _id: 4, a: [{ b: 9 }, { b: 8 }] },
          { _id: 5, a: ['x', { b: 10 }] },
        ]);
        if (indexed) await c.createIndex({ 'a.b': 1, _id: 1 });
        expect(ids(await c.find().sort({ 'a.b': 1, _id: 1 }).toArray())).toEqual([1, 5, 3, 2, 4]);
        expect(ids(await c.find().sort({ 'a.b': -1, _id: -1 }).toArray())).toEqual([5, 4, 1, 2, 3]);
        expect(ids(await c.find({ 'a.b': { $gte: 5 } }, { sort: { _id: 1 } }).toArray())).toEqual([1, 4, 5]);
      },
    );

    it('that are unique have one null, also of an element without the field; sparse ones have none', async () => {
      const c = await fresh();
      await c.createIndexes([{ key: { 'a.b': 1 }, unique: true }]);
      await c.insertOne({ a: [{ b: 1 }, 7] });
      expect(await codeOf(c.insertOne({ a: [{ b: 2 }, 'x'] }))).toBe(11000);
      await c.insertOne({ a: [{ b: 2 }] });
      const thin = await fresh();
      await thin.createIndexes([{ key: { 'a.b': 1 }, unique: true, sparse: true }]);
      await thin.insertMany([{ a: [{ b: 1 }, 7] }, { a: [{ b: 2 }, { c: 1 }] }, { a: [{ b: 3 }, { c: 1 }] }]);
      expect(await codeOf(thin.insertOne({ a: [{ c: 1 }, { b: 3 }] }))).toBe(11000);
      expect(await thin.countDocuments({ 'a.b': { $gt: 1 } })).toBe(2);
    });

    it('are listed and dropped', async () => {
      const c = await fresh([{ a: 1 }]);
      await c.createIndex({ a: 1 });
      await c.createIndexes([{ key: { a: -1, b: 1 }, unique: true, name: 'second' }]);
      expect(await c.createIndex({ a: 1 })).toBe('a_1');
      expect((await c.indexes()).map(({ name, key, unique }) => [name, key, unique])).toEqual([
        ['_id_', { _id: 1 }, undefined],
        ['a_1', { a: 1 }, undefined],
        ['second', { a: -1, b: 1 }, true],
      ]);
      await c.dropIndex('second');
      expect(await codeOf(c.dropIndex('second'))).toBe(27);
      expect(await codeOf(c.dropIndex('_id_'))).toBe(72);
      await c.dropIndexes();
      expect(await c.indexes()).toHaveLength(1);
    });

    it('refuse another definition under the same name, and another name for the same definition', async () => {
      const c = await fresh([{ a: 1 }]);
      await c.createIndex({ a: 1 });
      expect(await codeOf(c.createIndexes([{ key: { b: 1 }, name: 'a_1' }]))).toBe(86);
      expect(await codeOf(c.createIndexes([{ key: { a: 1 }, name: 'other' }]))).toBe(85);
      expect(
        await codeOf(
          db().command({ createIndexes: c.collectionName, indexes: [{ key: { a: 0 }, name: 'x' }] }),
        ),
      ).toBe(67);
    });
  });
}
