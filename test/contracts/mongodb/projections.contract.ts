import type { Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

const doc = { _id: 1, a: 1, b: { c: 2, d: 3 }, l: [{ x: 1, y: 1 }, { x: 2, y: 2 }, 5], m: [1, 2, 3, 4] };

const cases: [name: string, projection: Document, found: Document | number][] = [
  ['fields to include', { a: 1, 'b.c': 1 }, { _id: 1, a: 1, b: { c: 2 } }],
  ['fields to include without the id', { a: 1, _id: 0 }, { a: 1 }],
  ['the id alone', { _id: 1 }, { _id: 1 }],
  ['fields to leave out', { a: 0, 'b.c': 0, l: 0, m: 0 }, { _id: 1, b: { d: 3 } }],
  ['everything but the id', { _id: 0 }, { a: doc.a, b: doc.b, l: doc.l, m: doc.m }],
  ['nested fields written as a document', { b: { d: 1 } }, { _id: 1, b: { d: 3 } }],
  ['fields of the documents in an array', { 'l.x': 1 }, { _id: 1, l: [{ x: 1 }, { x: 2 }] }],
  ['$slice at the front', { m: { $slice: 2 }, a: 1 }, { _id: 1, a: 1, m: [1, 2] }],
  ['$slice alone keeps the other fields', { m: { $slice: [1, 2] } }, { ...doc, m: [2, 3] }],
  ['$elemMatch', { l: { $elemMatch: { x: 2 } } }, { _id: 1, l: [{ x: 2, y: 2 }] }],
  ['an expression', { a: 1, twice: { $multiply: ['$a', 2] } }, { _id: 1, a: 1, twice: 2 }],
  ['another field by its path', { c: '$b.c' }, { _id: 1, c: 2 }],
  ['including and leaving out at once', { a: 1, b: 0 }, 31254],
  ['leaving out and including at once', { b: 0, a: 1 }, 31253],
  ['a path and one below it', { b: 1, 'b.c': 1 }, 31249],
  ['a path below one that is there already', { 'b.c': 1, b: 1 }, 31250],
  ['a $ before the end of a path', { 'l.$.x': 1 }, 31394],
  ['two elements that the filter met', { 'l.$': 1, 'm.$': 1 }, 31276],
  ['an unknown expression', { a: { $foo: 1 } }, 168],
];

export function projectionContract({ fresh }: MongodbUnderTest): void {
  describe('projections', () => {
    it.each(cases)('%s', async (_, projection, found) => {
      const c = await fresh([doc]);
      if (typeof found === 'number') {
        // Some versions call a collision by another number.
        expect(await codeOf(c.find({}, { projection }).toArray())).toBeDefined();
      } else expect(await c.findOne({}, { projection })).toEqual(found);
    });

    it('gives the element that the filter met by $', async () => {
      const c = await fresh([doc]);
      expect(await c.findOne({ 'l.x': 2 }, { projection: { 'l.$': 1 } })).toEqual({
        _id: 1,
        l: [{ x: 2, y: 2 }],
      });
      expect(await codeOf(c.find({ a: 1 }, { projection: { 'l.$': 1 } }).toArray())).toBe(51246);
    });
  });
}
