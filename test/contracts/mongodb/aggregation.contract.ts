import { Binary, Long, type Document } from 'mongodb';
import { codeOf, ids, type MongodbUnderTest } from './harness.js';
import { teams as docs } from './teams.js';

const cases: [name: string, pipeline: Document[], found: Document[]][] = [
  [
    '$match, $sort, $skip and $limit',
    [
      { $match: { n: { $gt: 1 } } },
      { $sort: { n: -1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { n: 1 } },
    ],
    [{ _id: 1, n: 5 }],
  ],
  [
    '$group with the common accumulators',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$team',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$n' },
          first: { $first: '$_id' },
          last: { $last: '$_id' },
          all: { $push: '$n' },
          count: { $count: {} },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: null, sum: 9, avg: 9, min: 9, max: 9, first: 4, last: 4, all: [9], count: 1 },
      { _id: 'a', sum: 6, avg: 3, min: 1, max: 5, first: 1, last: 3, all: [5, 1], count: 2 },
      { _id: 'b', sum: 3, avg: 3, min: 3, max: 3, first: 2, last: 2, all: [3], count: 1 },
    ],
  ],
  [
    '$group by a document',
    [
      { $match: { team: 'a' } },
      { $group: { _id: { t: '$team', big: { $gt: ['$n', 2] } }, n: { $sum: 1 } } },
      { $sort: { '_id.big': 1 } },
    ],
    [
      { _id: { t: 'a', big: false }, n: 1 },
      { _id: { t: 'a', big: true }, n: 1 },
    ],
  ],
  [
    '$group of everything',
    [
      { $group: { _id: null, n: { $sum: '$n' }, sd: { $stdDevPop: '$n' } } },
      { $set: { sd: { $round: ['$sd', 3] } } },
    ],
    [{ _id: null, n: 18, sd: 2.958 }],
  ],
  [
    '$group with $addToSet and $mergeObjects',
    [
      { $match: { team: 'a' } },
      { $sort: { _id: 1 } },
      { $group: { _id: null, set: { $addToSet: '$team' }, m: { $mergeObjects: '$at' } } },
    ],
    [{ _id: null, set: ['a'], m: { city: 'Ankara' } }],
  ],
  [
    '$group with $top, $bottomN and $firstN',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          top: { $top: { sortBy: { n: -1 }, output: '$_id' } },
          low: { $bottomN: { n: 2, sortBy: { n: -1 }, output: '$n' } },
          two: { $firstN: { n: 2, input: '$n' } },
          big: { $maxN: { n: 2, input: '$n' } },
        },
      },
    ],
    [{ _id: null, top: 4, low: [3, 1], two: [5, 3], big: [9, 5] }],
  ],
  [
    '$project with expressions',
    [{ $match: { _id: 1 } }, { $project: { _id: 0, city: '$at.city', twice: { $multiply: ['$n', 2] } } }],
    [{ city: 'Ankara', twice: 10 }],
  ],
  [
    '$addFields into documents and over fields',
    [
      { $match: { _id: 1 } },
      { $addFields: { 'at.zip': '06', n: { $add: ['$n', 1] } } },
      { $project: { n: 1, at: 1 } },
    ],
    [{ _id: 1, n: 6, at: { city: 'Ankara', zip: '06' } }],
  ],
  [
    '$set takes a field away by $$REMOVE',
    [{ $match: { _id: 4 } }, { $set: { n: '$$REMOVE' } }],
    [{ _id: 4, team: null }],
  ],
  [
    '$unset',
    [{ $match: { _id: 1 } }, { $unset: ['tags', 'at.city'] }],
    [{ _id: 1, team: 'a', n: 5, at: {} }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }, { $sort: { _id: 1, tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 3, tags: 'y' },
    ],
  ],
  [
    '$unwind that keeps what is empty, with its index',
    [
      { $match: { _id: { $in: [2, 3, 4] } } },
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $sort: { _id: 1 } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 2, i: null },
      { _id: 3, tags: 'y', i: 0 },
      { _id: 4, i: null },
    ],
  ],
  [
    '$replaceRoot',
    [{ $match: { at: { $exists: true } } }, { $sort: { _id: 1 } }, { $replaceRoot: { newRoot: '$at' } }],
    [{ city: 'Ankara' }, { city: 'Izmir' }],
  ],
  [
    '$replaceWith',
    [{ $match: { _id: 1 } }, { $replaceWith: { $mergeObjects: [{ z: 1 }, '$at'] } }],
    [{ z: 1, city: 'Ankara' }],
  ],
  ['$count', [{ $match: { n: { $gt: 2 } } }, { $count: 'many' }], [{ many: 3 }]],
  ['$count of nothing is no document', [{ $match: { n: 100 } }, { $count: 'many' }], []],
  ['$sortByCount', [{ $sortByCount: '$team' }, { $limit: 1 }], [{ _id: 'a', count: 2 }]],
  [
    '$bucket',
    [
      {
        $bucket: {
          groupBy: '$n',
          boundaries: [0, 4, 8],
          default: 'more',
          output: { ids: { $push: '$_id' } },
        },
      },
    ],
    [
      { _id: 0, ids: [2, 3] },
      { _id: 4, ids: [1] },
      { _id: 'more', ids: [4] },
    ],
  ],
  [
    '$bucketAuto',
    [{ $bucketAuto: { groupBy: '$n', buckets: 2 } }],
    [
      { _id: { min: 1, max: 5 }, count: 2 },
      { _id: { min: 5, max: 9 }, count: 2 },
    ],
  ],
  [
    '$facet',
    [
      {
        $facet: {
          high: [{ $match: { n: { $gt: 4 } } }, { $count: 'n' }],
          teams: [{ $group: { _id: '$team' } }, { $sort: { _id: 1 } }],
        },
      },
    ],
    [{ high: [{ n: 2 }], teams: [{ _id: null }, { _id: 'a' }, { _id: 'b' }] }],
  ],
];

const refused: [name: string, pipeline: Document[], code: number][] = [
  ['an unknown stage', [{ $foo: {} }], 40324],
  ['two stages in one object', [{ $match: {}, $limit: 1 }], 40323],
  ['$limit zero', [{ $limit: 0 }], 15958],
  ['$skip below zero', [{ $skip: -1 }], 15956],
  ['$group without an id', [{ $group: { n: { $sum: 1 } } }], 15955],
  ['$group into a field with an operator for its name', [{ $group: { _id: 1, $n: { $sum: 1 } } }], 40236],
  ['an accumulator of a list', [{ $group: { _id: 1, n: { $sum: ['$n', 1] } } }], 40237],
  ['two accumulators for one field', [{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }], 40238],
  ['an unknown accumulator', [{ $group: { _id: null, n: { $foo: 1 } } }], 15952],
  ['$project of nothing', [{ $project: {} }], 51272],
  ['an unknown expression', [{ $project: { a: { $foo: 1 } } }], 168],
  ['an unknown variable', [{ $project: { a: '$$foo' } }], 17276],
  ['$unwind of no path', [{ $unwind: 'tags' }], 28818],
  ['$out before the end', [{ $out: 'x' }, { $match: {} }], 40601],
  ['$merge before the end', [{ $merge: 'x' }, { $match: {} }], 40601],
  ['$out within $facet', [{ $facet: { a: [{ $out: 'x' }] } }], 40600],
  ['$sort by a direction that there is not', [{ $sort: { n: 2 } }], 15975],
  ['$replaceRoot by a number', [{ $replaceRoot: { newRoot: 5 } }], 40228],
];

export function aggregationContract({ fresh, db }: MongodbUnderTest): void {
  describe('aggregation', () => {
    it.each(cases)('%s', async (_, pipeline, found) => {
      const c = await fresh(docs);
      expect(await c.aggregate(pipeline).toArray()).toEqual(found);
    });

    it.each(refused)('%s is refused', async (_, pipeline, code) => {
      const c = await fresh(docs);
      expect(await codeOf(c.aggregate(pipeline).toArray())).toBe(code);
    });

    it('keeps whole what $group takes of many documents', async () => {
      const rows = Array.from({ length: 300 }, (_, i) => ({
        _id: i,
        team: i % 3,
        o: { i, text: 'x'.repeat(i) },
        l: [{ i }, [i]],
        bytes: new Binary(Buffer.from(`bytes ${i}`)),
      }));
      const c = await fresh(rows);
      const group = {
        first: { $first: '$o' },
        last: { $last: '$l' },
        all: { $push: '$bytes' },
        docs: { $push: '$$ROOT' },
        built: { $push: { o: '$o' } },
      };
      const [found] = await c
        .aggregate([{ $group: { _id: '$team', ...group } }, { $sort: { _id: 1 } }], { promoteBuffers: true })
        .toArray();
      const own = rows.filter(({ team }) => team === 0);
      expect(found?.['first']).toEqual({ i: 0, text: '' });
      expect(found?.['last']).toEqual([{ i: 297 }, [297]]);
      expect(found?.['built']).toEqual(own.map(({ o }) => ({ o })));
      expect((found?.['docs'] as { o: unknown }[]).map(({ o }) => o)).toEqual(own.map(({ o }) => o));
      expect((found?.['all'] as Buffer[]).map(String)).toEqual(
        own.map(({ bytes }) => Buffer.from(bytes.buffer).toString()),
      );
    });

    it('uses an index for the first $match and the $sort after it', async () => {
      const c = await fresh(Array.from({ length: 500 }, (_, i) => ({ _id: i, n: i })));
      await c.createIndex({ n: 1 });
      const plan = JSON.stringify(
        await c.aggregate([{ $match: { n: { $gt: 490 } } }, { $sort: { n: -1 } }]).explain(),
      );
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('"SORT"');
    });

    it('joins by $lookup, by fields and by a pipeline', async () => {
      const teams = await fresh([
        { _id: 'a', name: 'Plumbing' },
        { _id: 'b', name: 'Paint' },
      ]);
      const c = await fresh(docs);
      const byFields = await c
        .aggregate([
          { $lookup: { from: teams.collectionName, localField: 'team', foreignField: '_id', as: 't' } },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      expect(byFields.map((doc) => ids(doc['t'] as Document[]))).toEqual([['a'], ['b'], ['a'], []]);
      const byPipeline = await teams
        .aggregate([
          {
            $lookup: {
              from: c.collectionName,
              let: { id: '$_id' },
              pipeline: [{ $match: { $expr: { $eq: ['$team', '$$id'] } } }, { $count: 'n' }],
              as: 'found',
            },
          },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      expect(byPipeline.map((doc) => doc['found'] as unknown)).toEqual([[{ n: 2 }], [{ n: 1 }]]);
    });

    it('joins by elements of an array, and nothing by null but null', async () => {
      const tags = await fresh([{ _id: 'x' }, { _id: 'y' }, { _id: 'z' }]);
      const c = await fresh(docs);
      const found = await c
        .aggregate([
          { $match: { _id: 1 } },
          { $lookup: { from: tags.collectionName, localField: 'tags', foreignField: '_id', as: 't' } },
        ])
        .toArray();
      expect(ids(found[0]?.['t'] as Document[]).sort()).toEqual(['x', 'y']);
    });

    it('adds another collection by $unionWith', async () => {
      const other = await fresh([{ _id: 100, n: 1 }]);
      const c = await fresh(docs);
      expect(
        await c
          .aggregate([{ $unionWith: { coll: other.collectionName, pipeline: [] } }, { $count: 'n' }])
          .toArray(),
      ).toEqual([{ n: 5 }]);
    });

    it('counts everything, however it is asked for', async () => {
      const c = await fresh(docs);
      const count = (...pipeline: Document[]) => c.aggregate(pipeline).toArray();
      expect(await count({ $group: { n: { $sum: 1 }, _id: null, m: { $count: {} } } })).toEqual([
        { _id: null, n: 4, m: 4 },
      ]);
      expect(await count({ $skip: 1 }, { $limit: 2 }, { $count: 'n' }, { $set: { more: '$n' } })).toEqual([
        { n: 2, more: 2 },
      ]);
      expect(await count({ $skip: 9 }, { $count: 'n' })).toEqual([]);
      expect(await count({ $match: {} }, { $group: { _id: 1, n: { $sum: 2 } } })).toEqual([{ _id: 1, n: 8 }]);
      expect(await codeOf(count({ $group: { _id: 1, n: { $sum: 1 } } }, { $foo: 1 }))).toBe(40324);
    });

    it('refuses boundaries of $bucket of two types, and a default that is within them', async () => {
      const c = await fresh(docs);
      const run = (boundaries: unknown[], otherwise: unknown) =>
        codeOf(c.aggregate([{ $bucket: { groupBy: '$n', boundaries, default: otherwise } }]).toArray());
      expect(await run([0, 'a'], 'b')).toBe(40193);
      expect(await run([0, 10], 5)).toBe(40199);
      expect(await run([0, 10], 10)).toBeUndefined();
      expect(await run([0, Long.fromNumber(10)], 'other')).toBeUndefined();
    });

    it('samples', async () => {
      const c = await fresh(docs);
      expect(await c.aggregate([{ $sample: { size: 2 } }]).toArray()).toHaveLength(2);
      expect(await c.aggregate([{ $sample: { size: 10 } }]).toArray()).toHaveLength(4);
    });

    it('gives the figures of a collection by $collStats', async () => {
      const c = await fresh(docs);
      const [figures] = await c.aggregate([{ $collStats: { count: {}, storageStats: {} } }]).toArray();
      expect(figures).toMatchObject({
        ns: `${db().databaseName}.${c.collectionName}`,
        count: 4,
        storageStats: { count: 4 },
      });
    });
  });
}
