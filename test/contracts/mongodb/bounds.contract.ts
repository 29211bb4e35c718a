import { connect } from 'node:net';
import { once } from 'node:events';
import type { Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

const doubling = (times: number, body: Document): Document => ({
  $reduce: { input: { $range: [0, times] }, initialValue: 'ab', in: body },
});

const hostile: [name: string, expression: Document][] = [
  ['a range of a billion', { $range: [0, 1_000_000_000] }],
  ['a range of ranges', { $map: { input: { $range: [0, 100_000] }, in: { $range: [0, 100_000] } } }],
  ['a text that doubles', doubling(60, { $concat: ['$$value', '$$value'] })],
  ['an array that doubles', doubling(60, ['$$value', '$$value'])],
  [
    'arrays that join themselves',
    {
      $reduce: {
        input: { $range: [0, 60] },
        initialValue: [1, 2],
        in: { $concatArrays: ['$$value', '$$value'] },
      },
    },
  ],
  [
    'loops within loops within loops',
    {
      $reduce: {
        input: { $range: [0, 2000] },
        initialValue: 0,
        in: {
          $add: [
            '$$value',
            { $sum: { $map: { input: { $range: [0, 2000] }, in: { $sum: { $range: [0, 2000] } } } } },
          ],
        },
      },
    },
  ],
  [
    'a text replaced into itself',
    doubling(40, { $replaceAll: { input: '$$value', find: 'a', replacement: '$$value' } }),
  ],
];

const patterns = ['^(a+)+$', '(a|aa)+$', '(.*a){25}', '(a*)*b'];

/** No request can crash, hang or exhaust the engine. */
export function boundsContract({ url, db, fresh, client }: MongodbUnderTest): void {
  describe('bounds of the embedded server', () => {
    it.each(hostile)('%s is an error to whoever asked', async (_, value) => {
      const c = await fresh([{ a: 1 }]);
      expect(await codeOf(c.aggregate([{ $project: { value } }]).toArray())).toBeDefined();
      expect(await c.countDocuments()).toBe(1);
    });

    it.each(patterns)('the pattern %s takes time linear in the text', async (pattern) => {
      const c = await fresh([{ a: `${'a'.repeat(5000)}!` }]);
      expect(await c.countDocuments({ a: { $regex: pattern } })).toBeLessThan(2);
      expect(
        await c.countDocuments({ $expr: { $regexMatch: { input: '$a', regex: pattern } } }),
      ).toBeLessThan(2);
    });

    it('a sort without an index holds 100 MB at most, with an index any number', async () => {
      const c = await fresh();
      for (let part = 0; part < 11; part++) {
        await c.insertMany(
          Array.from({ length: 10 }, (_, i) => ({ n: part * 10 + i, text: 'x'.repeat(1_000_000) })),
        );
      }
      expect(await codeOf(c.find().sort({ n: -1 }).toArray())).toBe(292);
      expect(await c.find().sort({ n: -1 }).limit(2).project({ n: 1, _id: 0 }).toArray()).toEqual([
        { n: 109 },
        { n: 108 },
      ]);
      await c.createIndex({ n: 1 });
      expect(await c.find().sort({ n: -1 }).project({ n: 1 }).toArray()).toHaveLength(110);
      expect(
        await codeOf(c.aggregate([{ $group: { _id: null, all: { $push: '$$ROOT' } } }]).toArray()),
      ).toBeDefined();
    });

    it('a long query leaves room for others, and ends at its time', async () => {
      const c = await fresh(Array.from({ length: 3000 }, (_, i) => ({ i })));
      const slow = c.aggregate(
        [
          {
            $lookup: {
              from: c.collectionName,
              let: { i: '$i' },
              pipeline: [{ $match: { $expr: { $gt: ['$i', '$$i'] } } }],
              as: 'more',
            },
          },
          { $count: 'n' },
        ],
        { maxTimeMS: 700 },
      );
      const running = codeOf(slow.toArray());
      let pings = 0;
      const over = new AbortController();
      void running.then(() => {
        over.abort();
      });
      while (!over.signal.aborted) {
        await client().db('admin').command({ ping: 1 });
        pings++;
      }
      expect(await running).toBe(50);
      expect(pings).toBeGreaterThan(5);
    });

    it('deeply nested filters, expressions and documents are refused or served, never fatal', async () => {
      const c = await fresh([{ a: 1 }]);
      let filter: Document = { a: 1 };
      let expression: unknown = 1;
      for (let i = 0; i < 180; i++) {
        filter = { $and: [filter] };
        expression = { $abs: expression };
      }
      expect(await codeOf(c.find(filter).toArray())).toBeDefined();
      expect(await codeOf(c.aggregate([{ $project: { b: expression } }]).toArray())).toBeDefined();
      expect(await c.countDocuments()).toBe(1);
    });

    it('500 idle connections are held', async () => {
      const { port } = new URL(url().replace('mongodb:', 'http:'));
      const sockets = Array.from({ length: 500 }, () => connect(Number(port), '127.0.0.1'));
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      expect(await db().command({ ping: 1 })).toMatchObject({ ok: 1 });
      for (const socket of sockets) socket.destroy();
    });
  });
}
