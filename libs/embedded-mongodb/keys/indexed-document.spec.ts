import fc from 'fast-check';
import { Doc } from '../bson/doc.js';
import { DateTime, double, ObjectIdValue, type Value } from '../bson/values.js';
import { encode } from '../bson/write.js';
import { MongoError } from '../errors.js';
import { keyField, keysOf, type KeyField } from './index-keys.js';
import { IndexedDocument } from './indexed-document.js';
import { layoutOf, type IndexShape } from './index-layout.js';
import { KeyBytes } from './key-bytes.js';
import { longestKey } from './key-writer.js';

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\u0001', 'ş', '😀'), maxLength: 4 }),
  fc.integer({ min: -2, max: 2 }),
  fc.integer({ min: -2, max: 2 }).map(double),
  fc.integer({ min: -2, max: 2 }).map(BigInt),
  fc.constantFrom<Value>(null, true, false, new DateTime(5), new ObjectIdValue('abcdefghijkl')),
  // Just within what an entry may be long, and just beyond it.
  fc.constantFrom(1895, 1899).map((length) => 'x'.repeat(length)),
);
const name = fc.constantFrom('a', 'b', 'ç', 'dd');
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { weight: 5, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }).map((fields) => Doc.of(fields)),
  ),
}));
const document = fc.dictionary(name, value).map((fields) => encode(Doc.of(fields)));
const fields = fc.uniqueArray(fc.constantFrom('a', 'b', 'ç', 'dd', 'a.b', 'a.ç.dd', 'b.0'), {
  minLength: 1,
  maxLength: 3,
});
const index = fc
  .tuple(fields, fc.array(fc.constantFrom(1, -1), { minLength: 3, maxLength: 3 }))
  .map(([paths, directions]) => ({
    fields: paths.map((path, i) => keyField(path, directions[i] as number)),
  }));

/** The keys by decoding, or what is said against them. */
function decoded(bytes: Buffer, list: readonly KeyField[]) {
  try {
    return keysOf(Doc.fromBytes(bytes), list);
  } catch (error) {
    if (error instanceof MongoError) return error;
    throw error;
  }
}

function fromBytes(side: IndexedDocument, shape: IndexShape): Buffer | undefined {
  const key = new KeyBytes();
  if (!side.encode(shape)) return undefined;
  key.begin(7);
  side.appendTo(key, shape);
  return Buffer.from(key.buffer.subarray(4, key.length));
}

describe('a document as its indexes see it', () => {
  it('has the keys that decoding it gives, wherever that is one key', () => {
    const side = new IndexedDocument();
    fc.assert(
      fc.property(document, fc.array(index, { minLength: 1, maxLength: 4 }), (bytes, indexes) => {
        const layout = layoutOf(indexes);
        side.read(layout, bytes);
        for (const [i, { fields: list }] of indexes.entries()) {
          const shape = layout.shapes[i] as IndexShape;
          const wanted = decoded(bytes, list);
          const key = fromBytes(side, shape);
          if (wanted instanceof MongoError) {
            expect(key).toBeUndefined();
            continue;
          }
          if (key === undefined) expect(wanted.multikey).toBeDefined();
          else {
            expect(wanted.multikey).toBeUndefined();
            expect([key]).toEqual(wanted.keys);
            expect(side.lacks(shape)).toBe(keysOf(Doc.fromBytes(bytes), list, true).keys.length === 0);
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  it('leaves to decoding what of several wrongs is said', () => {
    const list = [keyField('dd', 1), keyField('a', 1), keyField('b', 1)];
    const layout = layoutOf([{ fields: list }]);
    const bytes = encode(Doc.of({ b: [], a: [], dd: Doc.of({ a: 'x'.repeat(longestKey) }) }));
    const side = new IndexedDocument();
    side.read(layout, bytes);
    expect(side.encode(layout.shapes[0] as IndexShape)).toBe(false);
    expect(decoded(bytes, list)).toMatchObject({ code: 171 });
  });

  it('differs from another only in indexes whose fields have other bytes', () => {
    const [one, other] = [new IndexedDocument(), new IndexedDocument()];
    const indexes = [{ fields: [keyField('a', 1)] }, { fields: [keyField('b.c', 1), keyField('d', -1)] }];
    const layout = layoutOf(indexes);
    const differs = (a: Doc, b: Doc) => {
      one.read(layout, encode(a));
      other.read(layout, encode(b));
      return layout.shapes.map((shape) => one.differs(other, shape));
    };
    const base = { a: 1, b: Doc.of({ c: 'x' }), d: [1, 2], rest: 'r' };
    expect(differs(Doc.of(base), Doc.of({ ...base, rest: 'changed' }))).toEqual([false, false]);
    expect(differs(Doc.of(base), Doc.of({ ...base, a: 2 }))).toEqual([true, false]);
    expect(differs(Doc.of(base), Doc.of({ ...base, b: Doc.of({ c: 'y' }) }))).toEqual([false, true]);
    expect(differs(Doc.of(base), Doc.of({ a: 1, b: Doc.of({ c: 'x' }) }))).toEqual([false, true]);
    expect(differs(Doc.of(base), Doc.of({ ...base, d: [1, 2, 3] }))).toEqual([false, true]);
  });

  it('takes the first of two fields of one name, as queries do', () => {
    const side = new IndexedDocument();
    const indexes = [{ fields: [keyField('a', 1)] }];
    const layout = layoutOf(indexes);
    const bytes = encode(Doc.fromLists(['a', 'a'], [1, 2]));
    side.read(layout, bytes);
    expect(fromBytes(side, layout.shapes[0] as IndexShape)).toEqual(
      keysOf(Doc.of({ a: 1 }), indexes[0]?.fields ?? []).keys[0],
    );
  });
});
