import * as fc from 'fast-check';
import { MOST_ERRORS, structureErrors } from './structure.js';

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe('the structure of input', () => {
  it('may be twenty levels deep, not one more', () => {
    expect(structureErrors(nested(20))).toEqual([]);
    expect(structureErrors(nested(21))).toEqual([
      { pointer: '/a'.repeat(20), detail: 'is nested more than 20 levels deep' },
    ]);
  });

  it('may hold fifty thousand values, not many more', () => {
    expect(structureErrors(Array(49_999).fill(1))).toEqual([]);
    expect(structureErrors(Array(50_001).fill(1))).toEqual([
      { pointer: '', detail: 'holds more than 50000 values' },
    ]);
  });

  it('may have five hundred fields in one object, not one more', () => {
    const fields = (count: number): unknown =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, 1]));
    expect(structureErrors({ a: fields(500) })).toEqual([]);
    expect(structureErrors({ a: fields(501) })).toEqual([
      { pointer: '/a', detail: 'has more than 500 fields' },
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'a\0b'])('has no field named %j', (key) => {
    const input: unknown = JSON.parse(`{"list":[{${JSON.stringify(key)}:1}]}`);
    expect(structureErrors(input)).toEqual([
      { pointer: `/list/0/${key}`, detail: 'is not a name that a field can have' },
    ]);
  });

  it('has no half surrogate pairs, whole ones are fine', () => {
    expect(structureErrors({ a: '\ud83d\ude00' })).toEqual([]);
    expect(structureErrors({ a: '\ud83d' })).toHaveLength(1);
  });

  it('escapes pointers as RFC 6901 wants them', () => {
    expect(structureErrors({ 'a/b~c': '\0' })[0]?.pointer).toBe('/a~1b~0c');
  });

  it('is told in a bounded number of errors, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 30 }), (input) => {
        expect(structureErrors(input).length).toBeLessThanOrEqual(MOST_ERRORS);
      }),
    );
    expect(structureErrors(Array(5000).fill('\0'))).toHaveLength(MOST_ERRORS);
  });
});
