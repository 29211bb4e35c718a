import { Doc } from '../bson/doc.js';
import { Pattern, Undefined, type Value } from '../bson/values.js';
import { fail } from '../errors.js';
import type { FieldTest } from './filter.js';
import { compilePattern } from './pattern.js';

/** `{ $gt: 1 }` is a list of operators, `{ a: 1 }` a value to be equal to. */
export function isOperatorObject(value: Value): value is Doc {
  if (!(value instanceof Doc)) return false;
  const first = value.keys[0];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

export function equality(value: Value): FieldTest {
  if (value instanceof Pattern) return { op: 'regex', pattern: compilePattern(value) };
  if (value instanceof Undefined) throw fail('BadValue', 'cannot compare to undefined');
  return { op: 'eq', value };
}
