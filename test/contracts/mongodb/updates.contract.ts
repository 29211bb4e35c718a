import { Decimal128, Double, Int32, Long, type Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

/** The document before, the update, the document after; or the code of the refusal. */
const cases: [name: string, before: Document, update: Document, after: Document | number][] = [
  [
    '$set a field, a nested one and an element',
    { a: 1, l: [1, 2] },
    { $set: { 'b.c': 2, 'l.1': 9 } },
    { a: 1, l: [1, 9], b: { c: 2 } },
  ],
  [
    '$set beyond the end of an array fills with null',
    { l: [1] },
    { $set: { 'l.3': 4 } },
    { l: [1, null, null, 4] },
  ],
  ['$set below a scalar is refused', { a: 1 }, { $set: { 'a.b': 2 } }, 28],
  ['new fields come in the order of their names', {}, { $set: { c: 1, a: 2, b: 3 } }, { a: 2, b: 3, c: 1 }],
  [
    '$unset a field and an element',
    { a: 1, b: 2, l: [1, 2] },
    { $unset: { a: '', 'l.0': '' } },
    { b: 2, l: [null, 2] },
  ],
  ['$unset what is not there', { a: 1 }, { $unset: { 'x.y': '' } }, { a: 1 }],
  [
    '$inc and $mul',
    { a: 2, b: 3 },
    { $inc: { a: 5, n: 1 }, $mul: { b: 2, m: 5 } },
    { a: 7, b: 6, m: 0, n: 1 },
  ],
  ['$inc a text is refused', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a text is refused', { a: 1 }, { $inc: { a: 'x' } }, 14],
  [
    '$min and $max',
    { a: 5, b: 5 },
    { $min: { a: 3, c: 1 }, $max: { b: 3, d: 1 } },
    { a: 3, b: 5, c: 1, d: 1 },
  ],
  ['$rename', { a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { b: 2, c: { d: 1 } }],
  ['$rename to itself is refused', { a: 1 }, { $rename: { a: 'a' } }, 2],
  ['$rename to below itself is refused', { a: { b: 1 } }, { $rename: { a: 'a.c' } }, 2],
  ['$rename of an element is refused', { l: [{ x: 1 }] }, { $rename: { 'l.0.x': 'y' } }, 2],
  ['$rename into an array is refused', { a: 1, l: [{ x: 1 }] }, { $rename: { a: 'l.0.y' } }, 2],
  ['$push one', { l: [1] }, { $push: { l: 2, m: 1 } }, { l: [1, 2], m: [1] }],
  ['$push to a scalar is refused', { l: 1 }, { $push: { l: 2 } }, 2],
  [
    '$push with $each, $position and $slice',
    { l: [1, 2] },
    { $push: { l: { $each: [8, 9], $position: 1, $slice: 3 } } },
    { l: [1, 8, 9] },
  ],
  [
    '$push with $sort',
    { l: [{ n: 3 }, { n: 1 }] },
    { $push: { l: { $each: [{ n: 2 }], $sort: { n: -1 }, $slice: -2 } } },
    { l: [{ n: 2 }, { n: 1 }] },
  ],
  [
    '$addToSet',
    { l: [1, { a: 1 }] },
    { $addToSet: { l: { $each: [1, { a: 1 }, 2] } } },
    { l: [1, { a: 1 }, 2] },
  ],
  [
    '$addToSet with more than $each is refused',
    { l: [1] },
    { $addToSet: { l: { $each: [2], $slice: 1 } } },
    2,
  ],
  [
    '$pull documents that meet one of several conditions',
    { l: [{ a: 1 }, { a: 2 }, { b: 3 }, 3] },
    { $pull: { l: { $or: [{ a: 1 }, { b: 3 }] } } },
    { l: [{ a: 2 }, 3] },
  ],
  ['$pop at both ends', { a: [1, 2, 3], b: [1, 2, 3] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2, 3] }],
  ['$pull by value', { l: [1, 2, 1] }, { $pull: { l: 1 } }, { l: [2] }],
  ['$pull by condition', { l: [1, 5, 9] }, { $pull: { l: { $gte: 5 } } }, { l: [1] }],
  [
    '$pull documents by a filter',
    { l: [{ a: 1, b: 1 }, { a: 2 }] },
    { $pull: { l: { a: 1 } } },
    { l: [{ a: 2 }] },
  ],
  ['$pullAll', { l: [1, 2, 3] }, { $pullAll: { l: [1, 3] } }, { l: [2] }],
  ['$bit', { a: 13, b: 3 }, { $bit: { a: { and: 10 }, b: { or: 4 } } }, { a: 8, b: 7 }],
  ['all elements by $[]', { l: [1, 2] }, { $inc: { 'l.$[]': 10 } }, { l: [11, 12] }],
  ['two updates of one path are refused', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['updates of a path and of one below are refused', { a: {} }, { $set: { a: 1, 'a.b': 1 } }, 40],
  ['an unknown operator is refused', {}, { $foo: { a: 1 } }, 9],
  ['the id cannot change', {}, { $set: { _id: 2 } }, 66],
  ['a path with an empty part is refused', {}, { $set: { 'a.': 1 } }, 56],
  [
    'stages as an update',
    { a: 2, b: 3 },
    [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'a' }],
    { b: 3, c: 5 },
  ],
  ['a stage that makes many of one is refused', {}, [{ $unwind: '$a' }], 72],
  ['a stage that there is not is refused', {}, [{ $foo: '$a' }], 40324],
];

export function updateContract({ fresh }: MongodbUnderTest): void {
  describe('update operators', () => {
    it.each(cases)('%s', async (_, before, update, after) => {
      const c = await fresh([{ _id: 1, ...before }]);
      const result = codeOf(c.updateOne({ _id: 1 as never }, update));
      if (typeof after === 'number') {
        expect(await result).toBe(after);
        expect(await c.findOne()).toEqual({ _id: 1, ...before });
      } else {
        expect(await result).toBeUndefined();
        const found = await c.findOne();
        expect(found).toEqual({ _id: 1, ...after });
        expect(Object.keys(found ?? {})).toEqual(['_id', ...Object.keys(after)]);
      }
    });

    it('$ is the element that the filter met', async () => {
      const c = await fresh([
        {
          _id: 1,
          l: [
            { k: 'a', n: 1 },
            { k: 'b', n: 1 },
          ],
        },
      ]);
      await c.updateOne({ 'l.k': 'b' }, { $set: { 'l.$.n': 5 } });
      expect((await c.findOne())?.['l']).toEqual([
        { k: 'a', n: 1 },
        { k: 'b', n: 5 },
      ]);
      expect(await codeOf(c.updateOne({ _id: 1 as never }, { $set: { 'l.$.n': 6 } }))).toBe(2);
    });

    it('$[name] is what an array filter chooses', async () => {
      const c = await fresh([{ _id: 1, l: [1, 5, 9] }]);
      await c.updateOne({}, { $set: { 'l.$[big]': 0 } }, { arrayFilters: [{ big: { $gte: 5 } }] });
      expect((await c.findOne())?.['l']).toEqual([1, 0, 0]);
      expect(await codeOf(c.updateOne({}, { $set: { 'l.$[other]': 0 } }))).toBe(2);
      const unused = { arrayFilters: [{ big: 0 }, { other: 1 }] };
      expect(await codeOf(c.updateOne({}, { $set: { 'l.$[big]': 7 } }, unused))).toBe(9);
      expect((await c.findOne())?.['l']).toEqual([1, 0, 0]);
    });

    it('variables of the command are known to filters and stages, of deletes as well', async () => {
      const c = await fresh([{ _id: 1 }, { _id: 2 }]);
      const filter = { $expr: { $eq: ['$_id', '$$wanted'] } };
      await c.updateOne(filter, [{ $set: { seen: '$$wanted' } }], { let: { wanted: 2 } });
      expect(await c.find({ seen: 2 }).toArray()).toEqual([{ _id: 2, seen: 2 }]);
      expect(await c.deleteMany(filter, { let: { wanted: 2 } })).toMatchObject({ deletedCount: 1 });
      expect(await codeOf(c.deleteMany(filter))).toBe(17276);
    });

    it('$currentDate sets a date or a timestamp', async () => {
      const c = await fresh([{ _id: 1 }]);
      await c.updateOne({}, { $currentDate: { at: true as never, ts: { $type: 'timestamp' } } });
      expect(await c.countDocuments({ at: { $type: 'date' }, ts: { $type: 'timestamp' } })).toBe(1);
    });

    it('numbers keep and widen their types', async () => {
      const c = await fresh([
        {
          _id: 1,
          i: new Int32(2147483647),
          l: Long.fromNumber(1),
          d: new Double(1),
          m: Decimal128.fromString('0.1'),
        },
      ]);
      await c.updateOne({}, { $inc: { i: 1, l: 1, d: 1, m: 1 } });
      const found = await c.findOne({}, { promoteValues: false });
      expect(found?.['i']).toEqual(Long.fromNumber(2147483648));
      expect(found?.['l']).toEqual(Long.fromNumber(2));
      expect(found?.['d']).toEqual(new Double(2));
      expect(String(found?.['m'])).toBe('1.1');
      await c.updateOne({}, { $set: { l: Long.MAX_VALUE } });
      expect(await codeOf(c.updateOne({}, { $inc: { l: 1 } }))).toBe(2);
    });
  });
}
