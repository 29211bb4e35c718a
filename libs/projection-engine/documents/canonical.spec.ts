import fc from 'fast-check';
import { CanonicalText } from './canonical.js';

const text = new CanonicalText();
const canonicalText = (value: unknown): string => Buffer.from(text.of(value)).toString('utf8');

/** What the text is by definition: JSON of the same value with keys sorted and empty fields left out. */
function definition(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(definition);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, definition(field)]);
}

const documents = fc.object({ key: fc.string({ maxLength: 3 }), withDate: false, withNullPrototype: false });

describe('The canonical text of a document', () => {
  it('is the same whatever the order of its fields, and tells any two different documents apart', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const backwards = Object.fromEntries(Object.entries(a).reverse());
        expect(canonicalText(backwards)).toBe(canonicalText(a));
        const same = JSON.stringify(definition(a)) === JSON.stringify(definition(b));
        expect(canonicalText(a) === canonicalText(b)).toBe(same);
      }),
    );
  });

  it('sorts keys that are data, however many there were before', () => {
    for (let count = 0; count < 3000; count++) {
      const first = `k${count % 250}`;
      const object = { [first]: 1, [`z${count}`]: 2, a: undefined, [`b${count}`]: null };
      expect(canonicalText(object)).toBe(`{"b${count}":null,"${first}":1,"z${count}":2}`);
    }
  });

  it('writes strings and keys as JSON does, whatever they hold and however long they are', () => {
    const strings = fc.string({ unit: 'binary', maxLength: 40 });
    const longOnes = fc
      .tuple(strings, fc.nat(30_000))
      .map(([string, length]) => string.padEnd(length, string));
    fc.assert(
      fc.property(strings, fc.oneof(strings, longOnes), (key, string) => {
        expect(canonicalText({ [`k${key}`]: [string, string] })).toBe(
          JSON.stringify({ [`k${key}`]: [string, string] }),
        );
      }),
    );
    expect(canonicalText('\ud800 \u007f \u2028 "ş\\')).toBe('"\\ud800 \u007f \u2028 \\"ş\\\\"');
  });

  it('is of the last document asked for, also when the one before was longer', () => {
    expect(canonicalText({ a: 'x'.repeat(100_000) })).toHaveLength(100_008);
    expect(canonicalText({ a: 1 })).toBe('{"a":1}');
  });

  it('tells dates and odd numbers from the text that they look like', () => {
    const moment = '2026-03-02T09:00:00.000Z';
    expect(canonicalText({ at: new Date(moment), list: [null, undefined, NaN] })).toBe(
      `{"at":{"$date":"${moment}"},"list":[null,null,"number:NaN"]}`,
    );
    expect(canonicalText(moment)).toBe(`"${moment}"`);
    expect(() => canonicalText({ at: 1n })).toThrow(TypeError);
  });
});
