import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';

export type Test = (value: MaybeValue) => boolean;

/** The value at a path that meets no array on its way. */
export function valueAtPath(doc: Doc, parts: readonly string[]): MaybeValue {
  let value: MaybeValue = doc;
  for (const part of parts) {
    if (!(value instanceof Doc)) return undefined;
    value = value.get(part);
  }
  return value;
}

/**
 * Whether any value that a query path reaches passes the test. Arrays on the way are looked through, element by element and by
 * number; an array at the end is tried by its elements and as a whole, or only as a whole (`expand` false).
 */
export function somePath(doc: Doc, parts: readonly string[], expand: boolean, test: Test, from = 0): boolean {
  let value: MaybeValue = doc;
  for (let i = from; i < parts.length; i++) {
    if (!(value instanceof Doc)) return test(undefined);
    value = value.get(parts[i] as string);
    if (isArray(value)) return someInArray(value, parts, i + 1, expand, test);
  }
  return test(value);
}

function someInArray(
  array: readonly Value[],
  parts: readonly string[],
  at: number,
  expand: boolean,
  test: Test,
): boolean {
  if (at === parts.length) {
    if (expand) for (const item of array) if (test(item)) return true;
    return test(array);
  }
  const part = parts[at] as string;
  for (const item of array) if (item instanceof Doc && somePath(item, parts, expand, test, at)) return true;
  if (!isOffset(part)) return false;
  const item = array[Number(part)];
  if (item === undefined) return false;
  return at + 1 === parts.length ? test(item) : someBelow(item, parts, at + 1, expand, test);
}

/** An array reached by number is gone through by number only. */
function someBelow(value: Value, parts: readonly string[], at: number, expand: boolean, test: Test): boolean {
  if (value instanceof Doc) return somePath(value, parts, expand, test, at);
  if (!isArray(value)) return false;
  const part = parts[at] as string;
  const item = isOffset(part) ? value[Number(part)] : undefined;
  if (item === undefined) return test(undefined);
  if (at + 1 < parts.length) return someBelow(item, parts, at + 1, expand, test);
  return isArray(item) ? someInArray(item, parts, at + 1, expand, test) : test(item);
}

export const isOffset = (part: string): boolean => /^(0|[1-9]\d{0,8})$/.test(part);
