import fc from 'fast-check';
import { BSON } from 'bson';
import './doc.js';
import { Outline } from './outline.js';
import { findElement } from './read.js';

/** Names of every length about a word of four bytes, alike at both ends, and beyond ASCII. */
const names = [
  'a',
  'b',
  'ab',
  'abc',
  'abd',
  'abcd',
  'abxxxxcd',
  'abyyyycd',
  'ş',
  'şş',
  'a-name-of-some-bytes',
  'a-name-of-same-bytes',
  '',
];
const values = fc.constantFrom<unknown>(
  1,
  2.5,
  '',
  'x',
  'open',
  'closed',
  'a text of sixteen',
  'ğüşiöç',
  true,
  null,
  new Date(5),
  new BSON.ObjectId('0123456789abcdef01234567'),
  /x/i,
  [1, 'a'],
  { a: 1 },
  BSON.Long.fromNumber(7),
  new BSON.Binary(Buffer.from('abc')),
  new BSON.Code('f', { a: 1 }),
);

/** With a field twice, which no serializer of objects writes. */
function documentOf(fields: readonly [string, unknown][]): Buffer {
  const elements = fields.map(([name, value]) =>
    Buffer.from(BSON.serialize({ [name]: value })).subarray(4, -1),
  );
  const bytes = Buffer.concat([Buffer.alloc(4), ...elements, Buffer.alloc(1)]);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}

const field = fc.tuple(fc.constantFrom(...names), values);
const documents = fc.array(fc.array(field, { maxLength: 8 }).map(documentOf), {
  minLength: 1,
  maxLength: 12,
});
const asked = fc.array(fc.constantFrom(...names, 'missing'), { maxLength: 6 });

/** As the storage hands them out: one after another in the same place, where bytes of the last one follow. */
function* inOnePlace(all: readonly Buffer[]): Generator<Buffer> {
  const place = Buffer.alloc(2048, 0x61);
  for (const bytes of all) {
    bytes.copy(place);
    yield place;
  }
}

describe('an outline', () => {
  it('finds in each document what a search of that document alone finds', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(asked, { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (all, asks, own) => {
          const outline = new Outline();
          let i = 0;
          for (const bytes of own ? all : inOnePlace(all)) {
            const view = outline.view(bytes);
            for (const name of asks[i++] as string[])
              expect(view.get(name)).toEqual(findElement(bytes, 0, name));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds fields among more names than it remembers, and more fields than it has room for', () => {
    const outline = new Outline();
    const wide = (from: number) =>
      documentOf(Array.from({ length: 700 }, (_, i) => [`field-${(from + i) % 900}`, i]));
    for (let turn = 0; turn < 4; turn++) {
      const bytes = wide(turn * 50);
      const view = outline.view(bytes);
      for (let i = 0; i < 900; i += 11) {
        const name = `field-${i}`;
        expect(view.get(name)).toEqual(findElement(bytes, 0, name));
      }
    }
  });

  it.each([
    ['their first bytes', (i: number) => `${String(i).padStart(4, '0')}, and the same end`.slice(0, 16)],
    ['their last bytes', (i: number) => `the same, ${String(i).padStart(4, '0')}`],
    ['their length', (i: number) => `${i % 2 ? '\0\0\0' : ''}x${String(i >> 1).padStart(4, '0')}`],
    ['everything', (i: number) => 'x'.repeat(i % 40) + String(i)],
  ])('tells short texts apart that differ in %s', (_, textOf) => {
    const outline = new Outline();
    for (let i = 0; i < 120; i++) outline.view(documentOf([['text', textOf(i)]])).get('text');
    for (let i = 0; i < 800; i++) {
      const text = textOf(i);
      expect(outline.view(documentOf([['text', text]])).get('text')).toBe(text);
    }
  });
});
