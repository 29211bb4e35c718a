import { Doc } from '../bson/doc.js';
import { shell } from '../bson/shell.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { isOffset } from '../query/path.js';

/** What becomes of the value at a path; undefined as result takes the field away. */
export type Change = (value: MaybeValue) => MaybeValue;

/** What one operator does to one field. */
export interface Modification {
  readonly change: Change;
  /** Whether a field that isn't there comes into being. */
  readonly create: boolean;
}

/** How the placeholders of a path choose among the elements of an array. */
export interface Placeholders {
  /** For `$`: which element the filter matched. */
  matched(arrayPath: string, array: readonly Value[]): number;
  /** For `$[name]`. */
  selects(name: string, element: Value): boolean;
}

const mostPadding = 1_500_000;

/** The document with the value at the path changed. Nothing is created on the way for a change that would remove. */
export function modifyPath(
  doc: Doc,
  parts: readonly string[],
  change: Change,
  create: boolean,
  placeholders: Placeholders,
): Doc {
  return modify(doc, parts, 0, { change, create, placeholders }) as Doc;
}

interface Work {
  readonly change: Change;
  readonly create: boolean;
  readonly placeholders: Placeholders;
}

function modify(value: MaybeValue, parts: readonly string[], at: number, work: Work): MaybeValue {
  if (at === parts.length) return work.change(value);
  const part = parts[at] as string;
  if (value === undefined) {
    if (!work.create) return undefined;
    if (part.startsWith('$')) {
      throw fail(
        'BadValue',
        `The path '${parts.slice(0, at).join('.')}' must exist in the document in order to apply array updates.`,
      );
    }
    const child = modify(undefined, parts, at + 1, work);
    return child === undefined ? undefined : Doc.fromLists([part], [child]);
  }
  if (value instanceof Doc) {
    if (part === '$' || part.startsWith('$[')) throw notAnArray(parts, at, value);
    const before = value.get(part);
    const after = modify(before, parts, at + 1, work);
    return after === before ? value : value.with(part, after);
  }
  if (isArray(value)) return modifyArray(value, parts, at, work);
  if (!work.create) return value;
  if (part.startsWith('$')) throw notAnArray(parts, at, value);
  throw fail(
    'PathNotViable',
    `Cannot create field '${part}' in element {${parts[at - 1] ?? ''}: ${shell(value)}}`,
  );
}

const notAnArray = (parts: readonly string[], at: number, value: Value) =>
  fail('BadValue', `Cannot apply array updates to non-array element ${parts[at - 1] ?? ''}: ${shell(value)}`);

function modifyArray(array: readonly Value[], parts: readonly string[], at: number, work: Work): MaybeValue {
  const part = parts[at] as string;
  if (part === '$') {
    const index = work.placeholders.matched(parts.slice(0, at).join('.'), array);
    return modifyElements(array, parts, at, work, (_, i) => i === index);
  }
  if (part === '$[]') return modifyElements(array, parts, at, work, () => true);
  if (part.startsWith('$[')) {
    const name = part.slice(2, -1);
    return modifyElements(array, parts, at, work, (element) => work.placeholders.selects(name, element));
  }
  if (!isOffset(part)) {
    if (!work.create) return array;
    throw fail(
      'PathNotViable',
      `Cannot create field '${part}' in element {${parts[at - 1] ?? ''}: ${shell(array)}}`,
    );
  }
  const index = Number(part);
  if (index < array.length) return modifyElements(array, parts, at, work, (_, i) => i === index);
  if (!work.create) return array;
  if (index - array.length > mostPadding)
    throw fail('BadValue', `cannot add more than ${mostPadding} elements to an array`);
  const child = modify(undefined, parts, at + 1, work);
  if (child === undefined) return array;
  return [...array, ...new Array<null>(index - array.length).fill(null), child];
}

function modifyElements(
  array: readonly Value[],
  parts: readonly string[],
  at: number,
  work: Work,
  chosen: (element: Value, index: number) => boolean,
): readonly Value[] {
  const elements = array.map((element, i) =>
    // An element taken away leaves null behind: the others keep their places.
    chosen(element, i) ? (modify(element, parts, at + 1, work) ?? null) : element,
  );
  return elements.some((element, i) => element !== array[i]) ? elements : array;
}
