import { ObjectId } from 'mongodb';
import { codeOf, ids, type MongodbUnderTest } from './harness.js';

interface Counter {
  _id: string | number;
  revision?: number;
  n?: number;
}

export function writeContract({ fresh, typed }: MongodbUnderTest): void {
  describe('writing', () => {
    it('inserts documents, giving an id where there is none', async () => {
      const c = await fresh();
      const { insertedIds } = await c.insertMany([{ a: 1 }, { _id: new ObjectId(), a: 2 }]);
      expect(await c.find().sort({ a: 1 }).toArray()).toEqual([
        { _id: insertedIds[0], a: 1 },
        { _id: insertedIds[1], a: 2 },
      ]);
    });

    it('refuses a second document of the same id, and tells which', async () => {
      const c = await typed<Counter>([{ _id: 1 }]);
      const refused = await c.insertOne({ _id: 1 }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
      await c.insertOne({ _id: 2 });
      expect(await c.countDocuments()).toBe(2);
    });

    it('stops an ordered bulk at the first error, and goes on with an unordered one', async () => {
      const c = await typed<Counter>();
      const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
      const stopped = (await c.insertMany(docs).catch((error: unknown) => error)) as {
        result: { insertedCount: number };
      };
      expect(stopped.result.insertedCount).toBe(1);
      const other = await typed<Counter>();
      const went = (await other.insertMany(docs, { ordered: false }).catch((error: unknown) => error)) as {
        result: { insertedCount: number };
        writeErrors: { index: number; code: number }[];
      };
      expect(went.result.insertedCount).toBe(2);
      expect(went.writeErrors.map(({ index, code }) => [index, code])).toEqual([[1, 11000]]);
    });

    it('replaces a document and keeps its id', async () => {
      const c = await fresh([{ _id: 1, a: 1, b: 2 }]);
      const filter = { _id: 1 as never };
      expect(await c.replaceOne(filter, { c: 3 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
      expect(await c.findOne()).toEqual({ _id: 1, c: 3 });
      expect(await codeOf(c.replaceOne(filter, { _id: 2 as never }))).toBe(66);
      expect(await c.replaceOne(filter, { c: 3 })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    });

    it('upserts what nothing matches, from the equalities of the filter and the update', async () => {
      const c = await typed<Counter>();
      const first = await c.updateOne({ _id: 'a', revision: 5 }, { $set: { n: 1 } }, { upsert: true });
      expect(first).toMatchObject({ upsertedId: 'a', upsertedCount: 1, matchedCount: 0 });
      expect(await c.findOne()).toEqual({ _id: 'a', revision: 5, n: 1 });
      await c.updateOne({ _id: 'b', n: { $gt: 5 } }, { $set: { revision: 1 } }, { upsert: true });
      expect(await c.findOne({ _id: 'b' })).toEqual({ _id: 'b', revision: 1 });
    });

    it('refuses an upsert whose guard does not hold any more as a duplicate', async () => {
      const c = await typed<Counter>([{ _id: 'a', revision: 6 }]);
      expect(await codeOf(c.updateOne({ _id: 'a', revision: 5 }, { $set: { n: 1 } }, { upsert: true }))).toBe(
        11000,
      );
      expect(
        await codeOf(c.updateOne({ _id: 'a', revision: 6 }, { $set: { n: 1 } }, { upsert: true })),
      ).toBeUndefined();
      expect(await c.findOne()).toEqual({ _id: 'a', revision: 6, n: 1 });
    });

    it('sets on insert alone what $setOnInsert says', async () => {
      const c = await typed<Counter>();
      const update = { $setOnInsert: { n: 1 }, $inc: { revision: 1 } };
      await c.updateOne({ _id: 'a' }, update, { upsert: true });
      await c.updateOne({ _id: 'a' }, { $set: { n: 2 } });
      await c.updateOne({ _id: 'a' }, update, { upsert: true });
      expect(await c.findOne()).toEqual({ _id: 'a', n: 2, revision: 2 });
    });

    it('updates one or many', async () => {
      const c = await typed<Counter>([
        { _id: 1, n: 1 },
        { _id: 2, n: 1 },
        { _id: 3, n: 2 },
      ]);
      expect(await c.updateOne({ n: 1 }, { $set: { revision: 1 } })).toMatchObject({ matchedCount: 1 });
      expect(await c.updateMany({ n: 1 }, { $inc: { n: 1 } })).toMatchObject({
        matchedCount: 2,
        modifiedCount: 2,
      });
      expect(await c.countDocuments({ n: 2 })).toBe(3);
    });

    it('updates each document once, also by the index that the update moves it in', async () => {
      const c = await typed<Counter>(Array.from({ length: 300 }, (_, i) => ({ _id: i, n: i })));
      await c.createIndex({ n: 1 });
      expect(await c.updateMany({ n: { $gte: 0 } }, { $inc: { n: 100 } })).toMatchObject({
        modifiedCount: 300,
      });
      expect(await c.find({ n: { $lt: 100 } }).toArray()).toEqual([]);
      expect((await c.find().sort({ n: -1 }).limit(1).toArray())[0]?.n).toBe(399);
    });

    it('deletes one or many', async () => {
      const c = await typed<Counter>([
        { _id: 1, n: 1 },
        { _id: 2, n: 1 },
        { _id: 3, n: 2 },
      ]);
      expect(await c.deleteOne({ n: 1 })).toMatchObject({ deletedCount: 1 });
      expect(await c.deleteMany({})).toMatchObject({ deletedCount: 2 });
      expect(await c.deleteMany({})).toMatchObject({ deletedCount: 0 });
    });

    it('does many things in one bulk', async () => {
      const c = await typed<Counter>([{ _id: 1, n: 1 }]);
      const result = await c.bulkWrite([
        { insertOne: { document: { _id: 2, n: 2 } } },
        { updateOne: { filter: { _id: 1 }, update: { $set: { n: 5 } } } },
        { replaceOne: { filter: { _id: 3 }, replacement: { n: 3 }, upsert: true } },
        { deleteOne: { filter: { _id: 2 } } },
      ]);
      expect(result).toMatchObject({
        insertedCount: 1,
        modifiedCount: 1,
        upsertedCount: 1,
        deletedCount: 1,
        upsertedIds: { 2: 3 },
      });
      expect(await c.find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 1, n: 5 },
        { _id: 3, n: 3 },
      ]);
    });

    it('reports the guard that failed in an unordered bulk of upserts, and applies the others', async () => {
      const c = await typed<Counter>([{ _id: 'a', revision: 9 }]);
      const operations = ['a', 'b', 'c'].map((_id) => ({
        replaceOne: { filter: { _id, revision: 1 }, replacement: { _id, revision: 2 }, upsert: true },
      }));
      const error = (await c
        .bulkWrite(operations, { ordered: false })
        .catch((reason: unknown) => reason)) as {
        writeErrors: { index: number; code: number }[];
      };
      expect(error.writeErrors.map(({ index, code }) => [index, code])).toEqual([[0, 11000]]);
      expect(await c.countDocuments({ revision: 2 })).toBe(2);
    });

    it('finds and modifies in one step', async () => {
      const c = await typed<Counter>([
        { _id: 1, n: 1 },
        { _id: 2, n: 5 },
      ]);
      expect(await c.findOneAndUpdate({}, { $inc: { n: 1 } }, { sort: { n: -1 } })).toEqual({ _id: 2, n: 5 });
      expect(await c.findOneAndUpdate({ _id: 2 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({
        _id: 2,
        n: 7,
      });
      expect(await c.findOneAndReplace({ _id: 1 }, { n: 9 }, { projection: { _id: 0 } })).toEqual({ n: 1 });
      expect(await c.findOneAndDelete({ _id: 1 })).toEqual({ _id: 1, n: 9 });
      expect(await c.findOneAndDelete({ _id: 1 })).toBeNull();
      expect(
        await c.findOneAndUpdate({ _id: 4 }, { $set: { n: 4 } }, { upsert: true, returnDocument: 'after' }),
      ).toEqual({ _id: 4, n: 4 });
    });

    it('takes writes that ask for no acknowledgement', async () => {
      const c = await typed<Counter>();
      await c.insertOne({ _id: 1 }, { writeConcern: { w: 0 } });
      await c.insertOne({ _id: 2 });
      expect(ids(await c.find().sort({ _id: 1 }).toArray())).toEqual([1, 2]);
    });

    it('refuses a document above 16 MB and takes one just below', async () => {
      const c = await fresh();
      const near = 'x'.repeat(16 * 1024 * 1024 - 100);
      await c.insertOne({ near });
      expect(await codeOf(c.updateOne({}, { $set: { more: 'x'.repeat(200) } }))).toBe(17419);
      expect((await c.findOne())?.['near']).toHaveLength(near.length);
    });

    it('refuses ids that cannot be ids', async () => {
      const c = await fresh();
      for (const _id of [[1], /x/])
        expect(await codeOf(c.insertOne({ _id: _id as unknown as ObjectId }))).toBe(53);
      expect(await codeOf(c.insertOne({ _id: { a: [1] } as unknown as ObjectId }))).toBeUndefined();
    });
  });
}
