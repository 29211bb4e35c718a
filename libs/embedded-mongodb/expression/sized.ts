import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail } from '../errors.js';
import type { Execution } from '../query/execution.js';

/**
 * Values built by expressions know their size: `[x, x]` of `[x, x]` of … is small in memory, for its parts are shared, and
 * endless when it is written or compared.
 */
const sizes = new WeakMap<object, number>();
const largest = 64 * 1024 * 1024;
const largestText = 16 * 1024 * 1024;

/** About the bytes that it would take. */
export function sizeOfValue(value: MaybeValue): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  if (value instanceof Doc && value.bytes) return value.bytes.length;
  if (!isArray(value) && !(value instanceof Doc)) return 16;
  const size = sumOf(value instanceof Doc ? value.values : value);
  sizes.set(value, size);
  return size;
}

function sumOf(values: readonly Value[]): number {
  let size = 8;
  for (const value of values) size += 8 + sizeOfValue(value);
  return size;
}

function remember<T extends object>(value: T, size: number, items: number, execution: Execution): T {
  execution.spend(1 + (items >> 2));
  if (size > largest)
    throw fail('ExceededMemoryLimit', `A value of more than ${largest} bytes would arise in an expression`);
  if (size > 4096) sizes.set(value, size);
  return value;
}

export const joinedItems = (items: readonly Value[], execution: Execution): readonly Value[] =>
  remember(items, sumOf(items), items.length, execution);

export const joinedFields = (names: readonly string[], values: readonly Value[], execution: Execution): Doc =>
  remember(Doc.fromLists(names, values), sumOf(values), values.length, execution);

export function joinedText(text: string, execution: Execution): string {
  execution.spend(1 + (text.length >> 6));
  if (text.length > largestText)
    throw fail(
      'BSONObjectTooLarge',
      `A text of more than ${largestText} characters would arise in an expression`,
    );
  return text;
}
