import { Long, type Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

const many = Array.from({ length: 350 }, (_, i) => ({ _id: i, n: i % 7 }));

export function cursorContract({ db, fresh, typed }: MongodbUnderTest): void {
  describe('cursors', () => {
    it('give everything once, in batches of the size asked for', async () => {
      const c = await fresh(many);
      for (const size of [1, 50, 349, 350, 351]) {
        const found = [];
        for await (const doc of c.find().sort({ _id: 1 }).batchSize(size)) found.push(doc._id);
        expect(found).toEqual(many.map(({ _id }) => _id));
      }
    });

    it('give 101 documents first when nothing is asked for', async () => {
      const c = await fresh(many);
      const { cursor } = await db().command({ find: c.collectionName });
      expect((cursor as Document)['firstBatch']).toHaveLength(101);
      const next = await db().command({ getMore: (cursor as { id: Long }).id, collection: c.collectionName });
      expect((next['cursor'] as Document)['nextBatch']).toHaveLength(249);
      expect(String((next['cursor'] as Document)['id'])).toBe('0');
    });

    it('end at once where one batch suffices', async () => {
      const c = await fresh(many);
      const limited = await db().command({ find: c.collectionName, limit: 5 });
      expect(String((limited['cursor'] as Document)['id'])).toBe('0');
      const single = await db().command({ find: c.collectionName, batchSize: 5, singleBatch: true });
      expect(String((single['cursor'] as Document)['id'])).toBe('0');
    });

    it('can be opened without a document and killed before the end', async () => {
      const c = await fresh(many);
      const { cursor } = await db().command({ find: c.collectionName, batchSize: 0 });
      const { firstBatch, id } = cursor as { firstBatch: unknown[]; id: Long };
      expect(firstBatch).toEqual([]);
      const killed = await db().command({ killCursors: c.collectionName, cursors: [id] });
      expect(killed['cursorsKilled']).toHaveLength(1);
      expect(await codeOf(db().command({ getMore: id, collection: c.collectionName }))).toBe(43);
    });

    it('know no time limit of their own', async () => {
      const c = await fresh(many);
      const { cursor } = await db().command({ find: c.collectionName, batchSize: 5 });
      const getMore = (cursor as Document)['id'] as Long;
      const more = { getMore, collection: c.collectionName };
      expect(await codeOf(db().command({ ...more, maxTimeMS: 100 }))).toBe(2);
      expect(await db().command(more)).toMatchObject({ ok: 1 });
    });

    it('that nobody knows are not found', async () => {
      expect(await codeOf(db().command({ getMore: Long.fromNumber(12345), collection: 'nothing' }))).toBe(43);
    });

    it('see the collection end without harm while documents come and go', async () => {
      const c = await typed<{ _id: number; n: number }>(many);
      const cursor = c.find().sort({ _id: 1 }).batchSize(10);
      const seen = new Set<number>();
      for await (const { _id } of cursor) {
        expect(seen.has(_id)).toBe(false);
        seen.add(_id);
        if (_id % 50 === 0) {
          await c.deleteOne({ _id: _id + 30 });
          await c.insertOne({ _id: 1000 + _id, n: 0 });
        }
      }
      expect(seen.has(31)).toBe(true);
      expect(seen.has(30)).toBe(false);
    });

    it('hold batches below the largest message', async () => {
      const c = await fresh(Array.from({ length: 5 }, (_, _id) => ({ _id, text: 'x'.repeat(6_000_000) })));
      const { cursor } = await db().command({ find: c.collectionName });
      expect((cursor as Document)['firstBatch']).toHaveLength(2);
      expect(await c.find().toArray()).toHaveLength(5);
    });
  });
}
