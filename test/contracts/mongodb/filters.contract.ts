import { Decimal128, Double, Long, MaxKey, MinKey, ObjectId, type Document } from 'mongodb';
import { codeOf, ids, type MongodbUnderTest } from './harness.js';

const at = new Date('2026-01-15T10:00:00Z');
const docs: Document[] = [
  { _id: 1, n: 1, s: 'apple', l: [1, 2, 3], o: { x: 1 } },
  { _id: 2, n: 2.5, s: 'Banana', l: [], o: { x: 2, y: 1 } },
  { _id: 3, n: Long.fromNumber(3), s: 'cherry pie', l: [[1, 2], 9], d: at },
  {
    _id: 4,
    n: Decimal128.fromString('4'),
    s: null,
    e: [
      { k: 'a', v: 1 },
      { k: 'b', v: 5 },
    ],
  },
  {
    _id: 5,
    n: '5',
    b: true,
    e: [
      { k: 'a', v: 9 },
      { k: 'c', v: [7, 8] },
    ],
  },
  { _id: 6, n: NaN, z: { deep: [{ l: [{ m: 1 }, { m: 2 }] }, { l: [{ m: 3 }] }] } },
  { _id: 7, id: new ObjectId('64b000000000000000000001'), flags: 6, s: 'line one\nline two' },
];

const cases: [name: string, filter: Document, found: number[]][] = [
  ['everything', {}, [1, 2, 3, 4, 5, 6, 7]],
  ['equality over number types', { n: 3 }, [3]],
  ['equality with a decimal', { n: new Double(4) }, [4]],
  ['$gt stays within the type', { n: { $gt: 1 } }, [2, 3, 4]],
  ['$lte and $gte together', { n: { $gte: 2.5, $lte: 3 } }, [2, 3]],
  ['NaN equals itself', { n: NaN }, [6]],
  ['NaN is in no range', { n: { $lt: 100 } }, [1, 2, 3, 4]],
  ['texts by their bytes', { s: { $gt: 'B', $lt: 'b' } }, [1, 2]],
  ['dates', { d: { $gte: at } }, [3]],
  ['null is also what is missing', { s: null }, [4, 5, 6]],
  ['$ne null', { s: { $ne: null } }, [1, 2, 3, 7]],
  ['$exists true', { s: { $exists: true } }, [1, 2, 3, 4, 7]],
  ['$exists false', { s: { $exists: false } }, [5, 6]],
  ['$in with values, null and patterns', { s: { $in: ['apple', /^Ban/, null] } }, [1, 2, 4, 5, 6]],
  ['$nin', { n: { $nin: [1, 3, '5'] } }, [2, 4, 6, 7]],
  ['$not', { n: { $not: { $gt: 1 } } }, [1, 5, 6, 7]],
  ['$or', { $or: [{ n: 1 }, { b: true }] }, [1, 5]],
  ['$nor', { $nor: [{ n: { $exists: true } }, { l: 1 }] }, [7]],
  ['$and of two on one field', { $and: [{ l: 1 }, { l: 3 }] }, [1]],
  ['an element of an array', { l: 2 }, [1]],
  ['a whole array', { l: [1, 2, 3] }, [1]],
  ['an array within an array', { l: [1, 2] }, [3]],
  ['an empty array', { l: [] }, [2]],
  ['two conditions met by two elements', { l: { $gt: 2, $lt: 2 } }, [1]],
  ['$elemMatch needs one element for both', { l: { $elemMatch: { $gt: 2, $lt: 4 } } }, [1]],
  ['$elemMatch on documents', { e: { $elemMatch: { k: 'a', v: { $gt: 5 } } } }, [5]],
  ['conditions on documents of an array, apart', { 'e.k': 'a', 'e.v': 5 }, [4]],
  ['an element by its number', { 'l.0': 1 }, [1]],
  ['a field of an element by its number', { 'e.1.k': 'c' }, [5]],
  ['values within arrays of documents', { 'e.v': 8 }, [5]],
  ['through arrays within arrays of documents', { 'z.deep.l.m': 3 }, [6]],
  ['$all', { l: { $all: [1, 3] } }, [1]],
  ['$all of nothing', { l: { $all: [] } }, []],
  ['$all with $elemMatch', { e: { $all: [{ $elemMatch: { k: 'a' } }, { $elemMatch: { v: 5 } }] } }, [4]],
  ['$size', { l: { $size: 3 } }, [1]],
  ['$mod', { n: { $mod: [2, 0] } }, [2, 4]],
  ['a document is equal field by field, in order', { o: { x: 2, y: 1 } }, [2]],
  ['a document with its fields the other way round', { o: { y: 1, x: 2 } }, []],
  ['a path into a document', { 'o.x': { $lt: 2 } }, [1]],
  ['$type by alias', { n: { $type: 'long' } }, [3]],
  ['$type number', { n: { $type: 'number' } }, [1, 2, 3, 4, 6]],
  ['$type by several', { n: { $type: ['string', 'decimal'] } }, [4, 5]],
  ['$type array', { l: { $type: 'array' } }, [1, 2, 3]],
  ['$type objectId by number', { id: { $type: 7 } }, [7]],
  ['a pattern', { s: /an/ }, [2]],
  ['a pattern without regard to case', { s: { $regex: '^b', $options: 'i' } }, [2]],
  ['a pattern of lines', { s: /^line two$/m }, [7]],
  ['a pattern over a line break', { s: { $regex: 'one.line', $options: 's' } }, [7]],
  ['an anchored pattern', { s: /^cherry/ }, [3]],
  ['$bitsAllSet', { flags: { $bitsAllSet: [1, 2] } }, [7]],
  ['$bitsAnyClear', { flags: { $bitsAnyClear: 6 } }, []],
  ['$expr', { $expr: { $gt: [{ $size: { $ifNull: ['$l', []] } }, 2] } }, [1]],
  [
    'everything is above the least key, what is missing too',
    { n: { $gte: new MinKey(), $lte: new MaxKey() } },
    [1, 2, 3, 4, 5, 6, 7],
  ],
  ['nothing is below the least key', { n: { $lt: new MinKey() } }, []],
];

const refused: [name: string, filter: Document, code: number][] = [
  ['an unknown operator', { n: { $foo: 1 } }, 2],
  ['an unknown operator at the top', { $foo: 1 }, 2],
  ['an operator after a field', { n: { $gt: 1, foo: 2 } }, 2],
  ['$in without an array', { n: { $in: 1 } }, 2],
  ['$or of nothing', { $or: [] }, 2],
  ['$size of a text', { l: { $size: 'x' } }, 9],
  ['$mod by zero', { n: { $mod: [0, 0] } }, 2],
  ['$type of no type', { n: { $type: 'strnig' } }, 2],
  ['$elemMatch of a number', { l: { $elemMatch: 1 } }, 2],
  ['$options without $regex', { s: { $options: 'i' } }, 2],
  ['a broken pattern', { s: { $regex: '(' } }, 51091],
];

export function filterContract({ db, fresh }: MongodbUnderTest): void {
  describe('filters', () => {
    it.each(cases)('%s', async (_, filter, found) => {
      const c = await fresh(docs);
      expect(ids(await c.find(filter).sort({ _id: 1 }).toArray())).toEqual(found);
      expect(await c.countDocuments(filter)).toBe(found.length);
    });

    it.each(refused)('%s is refused', async (_, filter, code) => {
      const c = await fresh(docs);
      expect(await codeOf(c.find(filter).toArray())).toBe(code);
    });

    it('gives distinct values, elements one by one', async () => {
      const c = await fresh(docs);
      expect(await c.distinct('o.x')).toEqual([1, 2]);
      expect(await c.distinct('e.k')).toEqual(['a', 'b', 'c']);
      expect(await c.distinct('n', { _id: { $in: [1, 5] as never[] } })).toEqual([1, '5']);
    });

    it('ends a text before its last newline too, where a pattern asks for the end', async () => {
      const c = await fresh(['abc', 'abc\n', 'abc\n\n', 'abcd\n', '$\n'].map((s, _id) => ({ _id, s })));
      const found = async (s: unknown) => ids(await c.find({ s: s }).sort({ _id: 1 }).toArray());
      expect(await found(/abc$/)).toEqual([0, 1]);
      expect(await found(/^abc$/m)).toEqual([0, 1, 2]);
      expect(await found(/[$]/)).toEqual([4]);
      expect(await found(/\$\n/)).toEqual([4]);
    });

    it('sorts by a path through an empty array as by one that leads nowhere', async () => {
      const c = await fresh([
        { _id: 1, e: [{ k: 2 }, { k: 9 }] },
        { _id: 2, e: [] },
        { _id: 3 },
        { _id: 4, e: [{ k: [] }] },
      ]);
      const sorted = async (k: 1 | -1) => ids(await c.find().sort({ 'e.k': k, _id: 1 }).toArray());
      for (const _ of ['in memory', 'by an index']) {
        expect(await sorted(1)).toEqual([4, 2, 3, 1]);
        expect(await sorted(-1)).toEqual([1, 2, 3, 4]);
        await c.createIndexes([{ key: { 'e.k': 1, _id: 1 } }, { key: { 'e.k': -1, _id: 1 } }]);
      }
    });

    it('refuses a sort by two arrays of a document, and takes one of each kind', async () => {
      const c = await fresh([{ a: [1, 2], b: [3], n: 5 }]);
      expect(await codeOf(c.find().sort({ a: 1, b: 1 }).toArray())).toBe(2);
      expect(await codeOf(c.find().sort({ a: 1, n: -1 }).toArray())).toBeUndefined();
    });

    it('sorts, skips and limits', async () => {
      const c = await fresh(docs);
      expect(ids(await c.find({}).sort({ _id: -1 }).skip(2).limit(3).toArray())).toEqual([5, 4, 3]);
      expect(
        ids(
          await c
            .find({ 'e.v': { $exists: true } })
            .sort({ 'e.v': 1 })
            .toArray(),
        ),
      ).toEqual([4, 5]);
      expect(await codeOf(db().command({ find: c.collectionName, sort: { n: 2 } }))).toBe(15975);
    });
  });
}
