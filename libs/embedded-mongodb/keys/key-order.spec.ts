import fc from 'fast-check';
import { compare } from '../bson/compare.js';
import { Decimal } from '../bson/decimal.js';
import { Doc } from '../bson/doc.js';
import {
  Bytes,
  DateTime,
  double,
  MaxKey,
  MinKey,
  ObjectIdValue,
  Pattern,
  Timestamp,
  type Value,
} from '../bson/values.js';
import { encodeKey, keyField, keysOf } from './index-keys.js';

const number: fc.Arbitrary<Value> = fc.oneof(
  fc.integer(),
  fc.double().map(double),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  // Neighbours of what a double can hold, where numbers of different types lie closest.
  fc.integer({ min: -3, max: 3 }).map((n) => 2n ** 53n + BigInt(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => double(2 ** 53 + n)),
  fc.integer({ min: -3, max: 3 }).map((n) => Decimal.of(2n ** 53n * 10n + BigInt(n), -1)),
  fc
    .constantFrom(
      '0.1',
      '0.10',
      '-0.1',
      '1E+6000',
      '-1E+6000',
      '1E-6000',
      'NaN',
      'Infinity',
      '-Infinity',
      '-0',
    )
    .map((text) => Decimal.parse(text) as Decimal),
  fc.constantFrom(0.1, -0.1, NaN, Infinity, -Infinity, -0, 5e-324, 1.7976931348623157e308).map(double),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -25, max: 5 }))
    .map(([c, e]) => Decimal.of(c, e)),
);

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '\0', '\u00ff', 'ş', '\uffff', '😀'),
  maxLength: 5,
});

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 2, arbitrary: text },
  fc.boolean(),
  fc.constant(null),
  fc.constant(MinKey.instance),
  fc.constant(MaxKey.instance),
  fc.integer({ min: -2_000_000_000_000, max: 2_000_000_000_000 }).map((ms) => new DateTime(ms)),
  fc
    .string({ unit: fc.constantFrom('\0', 'a', '\u00ff'), minLength: 12, maxLength: 12 })
    .map((bytes) => new ObjectIdValue(bytes)),
  fc.uint8Array({ maxLength: 3 }).map((bytes) => new Bytes(0, Buffer.from(bytes))),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => new Timestamp(value)),
  fc.constantFrom('a', 'b').map((source) => new Pattern(source, '')),
);

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { weight: 5, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 })
      .map((fields) => Doc.of(fields)),
  ),
}));

const up = keyField('x', 1);
const down = keyField('x', -1);
const sign = (order: number) => Math.sign(order);

describe('an encoded key', () => {
  it('orders numbers of all types as they compare', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(sign(encodeKey([a], [up]).compare(encodeKey([b], [up])))).toBe(sign(compare(a, b)));
      }),
      { numRuns: 5000 },
    );
  });

  it('orders all values as they compare, downwards in a descending field', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const order = sign(compare(a, b));
        expect(sign(encodeKey([a], [up]).compare(encodeKey([b], [up])))).toBe(order);
        expect(sign(encodeKey([a], [down]).compare(encodeKey([b], [down])))).toBe(0 - order);
      }),
      { numRuns: 5000 },
    );
  });

  it('lets the second field decide where the first is equal, and only there', () => {
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        const [first, second] = [encodeKey([a, b], [up, down]), encodeKey([c, d], [up, down])];
        expect(sign(first.compare(second))).toBe(sign(compare(a, c)) || 0 - sign(compare(b, d)));
      }),
      { numRuns: 3000 },
    );
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(compare(a, a)).toBe(0);
        expect(sign(compare(a, b))).toBe(0 - sign(compare(b, a)));
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the keys of a document', () => {
  const keys = (doc: Doc, ...paths: string[]) =>
    keysOf(
      doc,
      paths.map((path) => keyField(path, 1)),
    );

  it('are one for each element of an array, without repeats', () => {
    expect(keys(Doc.of({ a: [1, 2, 1] }), 'a').keys).toHaveLength(2);
    expect(keys(Doc.of({ a: 1 }), 'a').keys).toHaveLength(1);
  });

  it('are one for an empty array and one for a missing field, and those differ', () => {
    const [empty] = keys(Doc.of({ a: [] }), 'a').keys;
    const [missing] = keys(Doc.of({}), 'a').keys;
    expect(empty?.equals(missing as Buffer)).toBe(false);
  });

  it('keep together what stands in one element', () => {
    const doc = Doc.of({ a: [Doc.of({ b: 1, c: 2 }), Doc.of({ b: 3, c: 4 })] });
    expect(keys(doc, 'a.b', 'a.c').keys).toHaveLength(2);
  });

  it('are refused for two arrays side by side', () => {
    expect(() => keys(Doc.of({ a: [1, 2], b: [1, 2] }), 'a', 'b')).toThrow('cannot index parallel arrays');
  });

  it('are refused where an entry would be too long', () => {
    expect(() => keys(Doc.of({ a: 'x'.repeat(2000) }), 'a')).toThrow('An index entry must not be longer');
    expect(keys(Doc.of({ a: 'x'.repeat(1800) }), 'a').keys).toHaveLength(1);
  });
});
