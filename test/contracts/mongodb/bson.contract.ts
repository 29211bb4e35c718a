import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { ids, type MongodbUnderTest } from './harness.js';

/** In ascending order; those of one list are equal. */
const order: unknown[][] = [
  [new MinKey()],
  [null],
  [NaN, Decimal128.fromString('NaN')],
  [-Infinity],
  [new Int32(-1), Long.fromNumber(-1), new Double(-1), Decimal128.fromString('-1.0')],
  [0, Decimal128.fromString('-0')],
  [Decimal128.fromString('0.1')],
  [0.1],
  [new Int32(2), new Double(2), Decimal128.fromString('2.00')],
  [Long.fromString('9007199254740992')],
  [Long.fromString('9007199254740993')],
  [Decimal128.fromString('9007199254740993.5')],
  [Infinity],
  [''],
  ['B'],
  ['a'],
  ['ab'],
  ['ş'],
  ['\uffff'],
  ['😀'],
  [{}],
  [{ a: 1 }],
  [{ a: 1, b: 0 }],
  [{ b: 0 }],
  [{ a: 'x' }],
  [new Binary(Buffer.from([9]))],
  [new Binary(Buffer.from([1, 2]))],
  [new ObjectId('640000000000000000000001')],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [new Timestamp({ t: 1, i: 1 })],
  [new BSONRegExp('a', '')],
  [new MaxKey()],
];

export function bsonContract({ fresh }: MongodbUnderTest): void {
  describe('BSON', () => {
    it.each([
      ['without an index', false],
      ['by an index', true],
    ])('values of all types are in one order, %s', async (_, indexed) => {
      const docs = order.flatMap((equal, rank) => equal.map((value, i) => ({ _id: rank * 10 + i, value })));
      const shuffled = docs.toSorted((a, b) => ((a._id * 7919) % 1009) - ((b._id * 7919) % 1009));
      const c = await fresh(shuffled);
      if (indexed) await c.createIndex({ value: 1, _id: 1 });
      expect(ids(await c.find().sort({ value: 1, _id: 1 }).toArray())).toEqual(ids(docs));
      expect(ids(await c.find().sort({ value: -1, _id: -1 }).toArray())).toEqual(ids(docs).reverse());
    });

    it('equal numbers of all types are one key', async () => {
      const c = await fresh();
      await c.insertOne({ _id: new Int32(5) as never });
      for (const same of [new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0')]) {
        expect(await c.findOne({ _id: same })).toEqual({ _id: 5 });
        await expect(c.insertOne({ _id: same as never })).rejects.toMatchObject({ code: 11000 });
      }
    });

    it('gives back exactly what it was given', async () => {
      const doc = {
        int: new Int32(5),
        long: Long.fromNumber(5),
        double: new Double(5),
        zero: new Double(-0),
        decimal: Decimal128.fromString('5.00'),
        text: 'a\0b 😀',
        date: new Date(1.6e12),
        id: new ObjectId(),
        uuid: new UUID(),
        bytes: new Binary(Buffer.from([0, 255]), 128),
        pattern: new BSONRegExp('^a', 'im'),
        code: new Code('x', { a: new Int32(1) }),
        stamp: new Timestamp({ t: 3, i: 4 }),
        min: new MinKey(),
        max: new MaxKey(),
        none: null,
        list: [new Int32(1), [new Double(2)], {}],
        nested: { '2': new Int32(1), '1': new Int32(2), 'a.b': new Int32(3), $c: new Int32(4) },
      };
      const c = await fresh();
      await c.insertOne({ _id: 1 as never, ...doc });
      await c.updateOne({}, { $set: { more: 1 } });
      const found = await c.findOne({}, { promoteValues: false, bsonRegExp: true, useBigInt64: false });
      expect(BSON.EJSON.stringify(found, { relaxed: false })).toBe(
        BSON.EJSON.stringify({ _id: new Int32(1), ...doc, more: new Int32(1) }, { relaxed: false }),
      );
      expect(Object.is((found?.['zero'] as Double).value, -0)).toBe(true);
    });

    it.each([
      ['ints', [new Int32(1), new Int32(2)], new Int32(3)],
      ['ints beyond 32 bits', [new Int32(2147483647), new Int32(1)], Long.fromNumber(2147483648)],
      ['an int and a long', [new Int32(1), Long.fromNumber(2)], Long.fromNumber(3)],
      ['an int and a double', [new Int32(1), new Double(2)], new Double(3)],
      ['doubles, without losing the small ones', [1e16, 1, -1e16], new Double(1)],
      ['with a decimal', [new Int32(1), Decimal128.fromString('0.1')], Decimal128.fromString('1.1')],
      ['longs beyond 64 bits', [Long.MAX_VALUE, Long.MAX_VALUE], new Double(18446744073709551616)],
    ])('sums %s in the right type', async (_, values, sum) => {
      const c = await fresh(values.map((value) => ({ value })));
      const [found] = await c
        .aggregate([{ $group: { _id: null, sum: { $sum: '$value' } } }], { promoteValues: false })
        .toArray();
      expect(String(found?.['sum'])).toBe(String(sum));
      expect((found?.['sum'] as object).constructor.name).toBe(sum.constructor.name);
    });
  });
}
