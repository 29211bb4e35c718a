import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import { Undefined, type MaybeValue } from '../bson/values.js';
import { fail } from '../errors.js';
import { encodeValue } from './encode-value.js';
import { KeyWriter } from './key-writer.js';

export interface KeyField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

export interface DocumentKeys {
  /** Encoded, without repeats. */
  readonly keys: readonly Buffer[];
  /** Which of the fields gave more than one value, or a value out of an array. */
  readonly multikey: readonly boolean[] | undefined;
}

const writer = new KeyWriter();
/** More keys than this from one document serve nobody and cost everybody. */
const mostKeys = 100_000;

/**
 * The keys under which an index holds a document: one for each element where a field's path meets an array. A sparse one has none
 * for an element that lacks all of its fields, nor for such a document.
 */
export function keysOf(doc: Doc, fields: readonly KeyField[], sparse = false): DocumentKeys {
  const values: MaybeValue[][] = [];
  let arrays = 0;
  let multikey: boolean[] | undefined;
  for (let i = 0; i < fields.length; i++) {
    const found: MaybeValue[] = [];
    const metArray = collect(doc, (fields[i] as KeyField).parts, 0, found);
    if (metArray) {
      arrays++;
      multikey ??= fields.map(() => false);
      multikey[i] = true;
    }
    values.push(found);
  }
  if (arrays === 0) {
    const single = values.map((list) => list[0]);
    return { keys: sparse && lacksAll(single) ? [] : [encodeKey(single, fields)], multikey };
  }
  if (arrays > 1 && new Set(fields.map((field) => arrayAt(doc, field)).filter(Boolean)).size > 1) {
    const paths = fields.map((field) => field.path).join('] [');
    throw fail('CannotIndexParallelArrays', `cannot index parallel arrays [${paths}]`);
  }
  return { keys: combine(values, fields, sparse), multikey };
}

const lacksAll = (values: readonly MaybeValue[]): boolean => values.every((value) => value === undefined);

/** Values at the path; true if an array was met on the way. */
function collect(value: MaybeValue, parts: readonly string[], at: number, found: MaybeValue[]): boolean {
  if (at === parts.length) {
    if (!isArray(value)) {
      found.push(value);
      return false;
    }
    if (value.length === 0) found.push(Undefined.instance);
    for (const item of value) found.push(item);
    return true;
  }
  const part = parts[at] as string;
  if (value instanceof Doc) return collect(value.get(part), parts, at + 1, found);
  if (!isArray(value)) {
    found.push(undefined);
    return false;
  }
  if (/^\d+$/.test(part) && Number(part) < value.length) collect(value[Number(part)], parts, at + 1, found);
  else {
    // What is no document has no fields: beside documents it counts as one that lacks the field.
    for (const item of value) collect(item instanceof Doc ? item.get(part) : undefined, parts, at + 1, found);
    if (value.length === 0) found.push(undefined);
  }
  return true;
}

/** The path of the first array on the way. */
function arrayAt(doc: Doc, field: KeyField): string | undefined {
  let value: MaybeValue = doc;
  for (let i = 0; i < field.parts.length; i++) {
    if (!(value instanceof Doc)) return undefined;
    value = value.get(field.parts[i] as string);
    if (isArray(value)) return field.parts.slice(0, i + 1).join('.');
  }
  return undefined;
}

/**
 * Fields below one common array take their values element by element; the others keep their only value. Two arrays would have
 * to be combined each with each, which MongoDB refuses; see arrayAt for how one array is told from two.
 */
function combine(values: readonly MaybeValue[][], fields: readonly KeyField[], sparse: boolean): Buffer[] {
  const longest = Math.max(...values.map((list) => list.length));
  if (longest > mostKeys)
    throw fail('BadValue', `A document must not have more than ${mostKeys} keys in an index`);
  const uneven = fields.filter((_, i) => ![1, longest].includes((values[i] as MaybeValue[]).length));
  if (uneven.length > 0) {
    const paths = fields.map((field) => field.path).join('] [');
    throw fail('CannotIndexParallelArrays', `cannot index parallel arrays [${paths}]`);
  }
  const keys = new Map<string, Buffer>();
  for (let i = 0; i < longest; i++) {
    const chosen = values.map((list) => list[list.length === 1 ? 0 : i]);
    if (sparse && lacksAll(chosen)) continue;
    const key = encodeKey(chosen, fields);
    keys.set(key.toString('latin1'), key);
  }
  return [...keys.values()];
}

/** The values of a document that make one of its keys. */
export function valuesOfKey(doc: Doc, fields: readonly KeyField[], key: Buffer): MaybeValue[] {
  const values = fields.map(({ parts }) => {
    const found: MaybeValue[] = [];
    collect(doc, parts, 0, found);
    return found;
  });
  const longest = Math.max(...values.map((list) => list.length));
  for (let i = 0; i < longest; i++) {
    const chosen = values.map((list) => list[list.length === 1 ? 0 : i]);
    if (encodeKey(chosen, fields).equals(key)) return chosen;
  }
  return values.map((list) => list[0]);
}

/** Missing is kept as null: that is how MongoDB sorts and finds it. */
export function encodeKey(values: readonly MaybeValue[], fields: readonly KeyField[]): Buffer {
  writer.length = 0;
  for (let i = 0; i < fields.length; i++) {
    const start = writer.length;
    encodeValue(writer, values[i] === undefined ? null : values[i]);
    if ((fields[i] as KeyField).descending) writer.invertFrom(start);
  }
  return writer.copy();
}

export function keyField(path: string, direction: number): KeyField {
  return { path, parts: path.split('.'), descending: direction < 0 };
}

/** The values that a path leads to, through arrays; the last array as it is. */
export function documentPath(value: MaybeValue, parts: readonly string[]): MaybeValue[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [value];
  if (value instanceof Doc) return documentPath(value.get(part), rest);
  if (!isArray(value)) return [];
  const inner = value.flatMap((item) => (item instanceof Doc ? documentPath(item, parts) : []));
  return /^\d+$/.test(part) && Number(part) < value.length
    ? [...inner, ...documentPath(value[Number(part)], rest)]
    : inner;
}
