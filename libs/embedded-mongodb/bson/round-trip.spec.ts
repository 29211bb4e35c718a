import fc from 'fast-check';
import { BSON, Decimal128, Double as BsonDouble, Int32, Long } from 'bson';
import { compare } from './compare.js';
import { Decimal } from './decimal.js';
import { Doc } from './doc.js';
import { InvalidBsonError } from './errors.js';
import { validateDocument } from './validate.js';
import { double, Double, type Value } from './values.js';
import { encode } from './write.js';

/** What the reference implementation writes. */
const bytesOf = (document: object): Buffer =>
  Buffer.from(BSON.serialize(document, { ignoreUndefined: false }));

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }), fc.integer({ min: -6176, max: 6111 }))
  .map(([coefficient, exponent]) => Decimal128.fromString(`${coefficient}E${exponent}`));

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'binary' }),
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new BsonDouble(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new BSON.ObjectId(bytes)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new BSON.Binary(bytes, 0)),
  fc.string({ unit: fc.constantFrom('a', 'b', 'ş', '.') }).map((text) => new BSON.BSONRegExp(text, 'im')),
  fc.constantFrom(
    new BSON.MinKey(),
    new BSON.MaxKey(),
    new BSON.Timestamp({ t: 5, i: 7 }),
    new BSON.Code('x'),
    new BSON.BSONSymbol('s'),
  ),
  decimal,
);

const name = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .filter((text) => !text.includes('\0') && text !== '__proto__');

const { document } = fc.letrec<{ value: unknown; document: object }>((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 4 }),
    tie('document'),
  ),
  document: fc.dictionary(name, tie('value'), { maxKeys: 5, depthIdentifier: 'doc' }),
}));

/** Decoded wholly, so that nothing is merely copied. */
function rebuilt(value: Value): Value {
  if (value instanceof Doc) return Doc.fromLists(value.keys, value.values.map(rebuilt));
  return Array.isArray(value) ? value.map((item: Value) => rebuilt(item)) : value;
}

describe('BSON', () => {
  it('decodes and encodes again to the same bytes, whatever the types', () => {
    fc.assert(
      fc.property(document, (content) => {
        const bytes = bytesOf(content);
        expect(validateDocument(bytes, 0, bytes.length)).toBe(bytes.length);
        const doc = Doc.fromBytes(bytes);
        expect(encode(doc).equals(bytes)).toBe(true);
        expect(encode(rebuilt(doc) as Doc).equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a field without decoding the document just as after decoding it', () => {
    fc.assert(
      fc.property(document, (content) => {
        const bytes = bytesOf(content);
        const decoded = rebuilt(Doc.fromBytes(bytes)) as Doc;
        for (const key of decoded.keys) {
          expect(compare(Doc.fromBytes(bytes).get(key), decoded.get(key))).toBe(0);
        }
        expect(Doc.fromBytes(bytes).get('no such field')).toBeUndefined();
      }),
    );
  });

  it.each(['Ã', 'aÃ', 'şikâyet', 'Ãb'])(
    'finds the field %s, whose first byte may look like a letter of its own',
    (name) => {
      expect(Doc.fromBytes(bytesOf({ other: 1, [name]: 'here' })).get(name)).toBe('here');
    },
  );

  it('keeps an integer, a long, a double and a decimal of one value apart', () => {
    const doc = Doc.fromBytes(
      bytesOf({
        i: new Int32(5),
        l: Long.fromNumber(5),
        d: new BsonDouble(5),
        m: Decimal128.fromString('5'),
      }),
    );
    expect(doc.get('i')).toBe(5);
    expect(doc.get('l')).toBe(5n);
    expect(doc.get('d')).toEqual(new Double(5));
    expect((doc.get('m') as Decimal).toString()).toBe('5');
    expect(double(-0)).toBe(-0);
  });

  it('never reads beyond a document that was damaged', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.nat({ max: 255 }), (content, at, byte) => {
        const bytes = bytesOf(content);
        bytes[at % bytes.length] = byte;
        try {
          validateDocument(bytes, 0, bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidBsonError);
          return;
        }
        rebuilt(Doc.fromBytes(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([2n ** 53n, -(2n ** 53n)])(
    'refuses a date %s ms from the epoch, and takes the one before',
    (ms) => {
      const bytes = bytesOf({ list: [new Date(0)] });
      const at = bytes.length - 2 - 8;
      bytes.writeBigInt64LE(ms - BigInt(Math.sign(Number(ms))), at);
      expect(validateDocument(bytes, 0, bytes.length)).toBe(bytes.length);
      bytes.writeBigInt64LE(ms, at);
      expect(() => validateDocument(bytes, 0, bytes.length)).toThrow(InvalidBsonError);
    },
  );

  it('writes decimals as the reference implementation does, and computes with 34 digits', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        const bytes = bytesOf({ value });
        expect((Doc.fromBytes(bytes).get('value') as Decimal).toString()).toBe(value.toString());
        const parsed = Decimal.parse(value.toString()) as Decimal;
        expect(parsed.toString()).toBe(value.toString());
      }),
      { numRuns: 500 },
    );
  });
});
