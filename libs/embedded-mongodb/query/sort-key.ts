import { Doc } from '../bson/doc.js';
import { isArray, isNumeric } from '../bson/types.js';
import { toNumber } from '../bson/numbers.js';
import { Undefined, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { encodeValue } from '../keys/encode-value.js';
import { KeyWriter } from '../keys/key-writer.js';
import type { SortField } from '../plan/plan.js';

const writer = new KeyWriter(20 * 1024 * 1024);

/** A string whose order is the order asked for. An array counts with its least element, descending with its greatest. */
export function sortKey(doc: Doc, fields: readonly SortField[]): string {
  writer.length = 0;
  let array: string | undefined;
  for (const field of fields) {
    const start = writer.length;
    const values = field.parts.length === 1 ? doc.get(field.path) : collected(doc, field.parts);
    if (!isArray(values)) {
      encodeValue(writer, values ?? null);
      if (field.descending) writer.invertFrom(start);
      continue;
    }
    if (array !== undefined && array !== field.parts[0])
      throw fail('BadValue', 'cannot sort with keys that are parallel arrays');
    array = field.parts[0];
    encodeLeast(values, field.descending);
  }
  return writer.asText();
}

const ended: readonly Value[] = [Undefined.instance];

/** undefined, the only value, or all values that the path reaches. */
function collected(doc: Doc, parts: readonly string[]): MaybeValue {
  let value: MaybeValue = doc;
  for (const [i, part] of parts.entries()) {
    if (isArray(value)) {
      const rest = parts.slice(i);
      if (/^\d+$/.test(part)) value = value[Number(part)];
      else {
        // What is no document has no fields: beside documents it counts as one that lacks the field.
        const inner = value.map((item) => (item instanceof Doc ? collected(item, rest) : null));
        // A path that leads through an empty array leads nowhere; one that ends at one has an empty array.
        if (inner.length === 0) return undefined;
        return inner.flatMap((item) => (isArray(item) ? (item.length > 0 ? item : ended) : [item ?? null]));
      }
    } else value = value instanceof Doc ? value.get(part) : undefined;
  }
  return value;
}

function encodeLeast(values: readonly Value[], descending: boolean): void {
  const start = writer.length;
  let least: Buffer | undefined;
  for (const value of values.length > 0 ? values : [Undefined.instance]) {
    encodeValue(writer, value);
    if (descending) writer.invertFrom(start);
    const bytes = Buffer.from(writer.buffer.subarray(start, writer.length));
    if (!least || bytes.compare(least) < 0) least = bytes;
    writer.length = start;
  }
  if (least) writer.bytes(least);
}

const mostFields = 32;

export function parseSort(sort: Doc): SortField[] {
  if (sort.size > mostFields) throw fail('BadValue', `too many compound sort keys: ${sort.size}`);
  return [...sort.entries()].map(([path, direction]): SortField => {
    if (direction instanceof Doc) throw fail('BadValue', '$meta sort is not supported by this server');
    const number = isNumeric(direction) ? toNumber(direction) : NaN;
    if (number !== 1 && number !== -1) {
      throw failAt(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (path === '' || path.startsWith('.') || path.endsWith('.')) {
      throw fail('BadValue', 'FieldPath must not be empty, begin or end with a dot');
    }
    if (path.startsWith('$')) throw fail('BadValue', `FieldPath field names may not start with '$'.`);
    return { path, parts: path.split('.'), descending: number < 0 };
  });
}
