import * as fc from 'fast-check';
import { readJson, repeatedName } from './json-text.js';

describe('A name that stands twice', () => {
  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":{"b":[0,{"c":1,"d":2,"c":3}]}}', '/a/b/1/c'],
    ['[{"a":1},{"a":1},{"a":[],"a":{}}]', '/2/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"\\"":1,"x":"\\\\","\\"":2}', '/"'],
    ['{"a":"{\\"a\\":1}","b":2,"b":3}', '/b'],
    ['{ "a" : 1 ,\n "a"\t: 2 }', '/a'],
  ])('is found in %s', (text, pointer) => {
    expect(repeatedName(text)).toBe(pointer);
  });

  it.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"a":"a","b":"a"}',
    '["a","a"]',
    '{"a":"\\",\\"a\\":1"}',
    '{"a":1,"A":2}',
  ])('is not seen in %s', (text) => {
    expect(repeatedName(text)).toBeUndefined();
  });

  it('is never seen in what JSON.stringify wrote, and always when a field is written once more', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), (object) => {
        const text = JSON.stringify(object);
        expect(repeatedName(text)).toBeUndefined();
        const [name = ''] = Object.keys(object);
        expect(repeatedName(`${text.slice(0, -1)},${JSON.stringify(name)}:0}`)).toBeDefined();
      }),
    );
  });

  it('is looked for in anything without harm', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[[\]{}",\\a:]*$/), (text) => {
        repeatedName(text);
      }),
    );
    expect(repeatedName('['.repeat(1_000_000))).toBeUndefined();
    expect(repeatedName(`{"${'\\'.repeat(1_000_000)}`)).toBeUndefined();
  });
});

describe('JSON', () => {
  const read = (text: string, encoding: BufferEncoding = 'utf8'): unknown =>
    readJson(Buffer.from(text, encoding), 'line');

  it('is read as it stands, after a byte order mark, too', () => {
    expect(read('\ufeff{"a":"ş"}\r')).toEqual({ a: 'ş' });
  });

  it('is refused where reading it would change it', () => {
    expect(() => read('{"a":"þ"}', 'latin1')).toThrow('The line cannot be read as UTF-8.');
    expect(() => read('{"a":1,"a":1}')).toThrow('A field is given twice in one object; see errors.');
    expect(() => read('{"a":')).toThrow('The line cannot be parsed as a JSON object.');
    expect(() => read('')).toThrow('The line cannot be parsed as a JSON object.');
  });
});
