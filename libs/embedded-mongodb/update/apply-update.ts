import { equal } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { idFirst, withIdFirst } from '../bson/id-first.js';
import { marksOf } from '../bson/marks.js';
import { newObjectId, nextTimestamp } from '../bson/object-id.js';
import { shell } from '../bson/shell.js';
import { isArray, nameOfValue } from '../bson/types.js';
import { ObjectIdValue, Pattern, Timestamp, Undefined, type MaybeValue, type Value } from '../bson/values.js';
import { fail, MongoError } from '../errors.js';
import type { Filter } from '../query/filter.js';
import { valueAtPath } from '../query/path.js';
import { modifyPath, type Placeholders } from './modify-path.js';
import type { Update } from './parse-update.js';

/** The document after the update; the same object where nothing changes. */
export function updated(doc: Doc, update: Update, placeholders: Placeholders): Doc {
  const id = doc.get('_id');
  if (update.kind === 'replacement') {
    const given = update.doc.get('_id');
    if (given !== undefined && !equal(given, id)) throw alteredId(given);
    return isSame(given, id) ? idFirst(update.doc) : withIdFirst(update.doc, id as Value);
  }
  const result =
    update.kind === 'pipeline' ? update.apply(doc) : update.apply(doc, { inserting: false, placeholders });
  if (result === doc) return doc;
  const after = result.get('_id');
  if (after === undefined && update.kind === 'pipeline') return withIdFirst(result, id as Value);
  if (after === undefined || !equal(after, id)) {
    throw fail(
      'ImmutableField',
      `Performing an update on the path '_id' would modify the immutable field '_id'`,
    );
  }
  return result;
}

/** The same value of the same type, as far as that is plain to see. */
const isSame = (given: MaybeValue, id: MaybeValue): boolean =>
  given === id
    ? typeof given === 'string' || typeof given === 'number'
    : given instanceof ObjectIdValue && id instanceof ObjectIdValue;

const alteredId = (id: Value) =>
  fail(
    'ImmutableField',
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shell(id)}`,
  );

/** What an upsert inserts where nothing matched: the filter's equalities, then the update. */
export function upserted(filter: Filter, update: Update, placeholders: Placeholders): Doc {
  const equalities = equalitiesOf(filter);
  const id = equalities.get('_id');
  if (update.kind === 'replacement') {
    const given = update.doc.get('_id');
    if (given !== undefined && id !== undefined && !equal(given, id)) throw alteredId(given);
    return prepareInsert(given === undefined && id !== undefined ? withIdFirst(update.doc, id) : update.doc);
  }
  let base = Doc.empty;
  for (const [path, value] of equalities) {
    base = modifyPath(base, path.split('.'), () => value, true, placeholders);
  }
  const result =
    update.kind === 'pipeline' ? update.apply(base) : update.apply(base, { inserting: true, placeholders });
  const after = result.get('_id');
  if (id !== undefined && (after === undefined || !equal(after, id))) throw alteredId(after ?? null);
  return prepareInsert(result);
}

function equalitiesOf(filter: Filter): Map<string, Value> {
  const found = new Map<string, Value>();
  const visit = (part: Filter) => {
    if (part.kind === 'and') part.filters.forEach(visit);
    if (part.kind === 'or' && part.filters.length === 1) part.filters.forEach(visit);
    if (part.kind !== 'field') return;
    const value = singleValue(part.test);
    if (value === undefined) return;
    if (found.has(part.path)) {
      throw fail(
        'NotSingleValueField',
        `cannot infer query fields to set, path '${part.path}' is matched twice`,
      );
    }
    found.set(part.path, value);
  };
  visit(filter);
  for (const path of found.keys()) {
    const parts = path.split('.');
    const above = parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
    const clash = above.find((prefix) => found.has(prefix));
    if (clash !== undefined) {
      throw fail(
        'NotSingleValueField',
        `cannot infer query fields to set, both paths '${path}' and '${clash}' are matched`,
      );
    }
  }
  return found;
}

function singleValue(test: Extract<Filter, { kind: 'field' }>['test']): Value | undefined {
  if (test.op === 'eq') return test.value;
  if (test.op === 'in' && test.values.length === 1 && test.patterns.length === 0) return test.values[0];
  if (test.op === 'all' && test.tests.length === 1 && test.tests[0]) return singleValue(test.tests[0]);
  return undefined;
}

/** As it is stored: with an id, which comes first; an empty timestamp at the top becomes the server's time. */
export function prepareInsert(doc: Doc): Doc {
  const id = doc.get('_id');
  if (id !== undefined) refuseId(id);
  const placed = id === undefined ? withIdFirst(doc, newObjectId()) : idFirst(doc);
  if (!marksOf(doc).emptyTimestamp) return placed;
  const stamp = (value: Value, i: number) =>
    i > 0 && value instanceof Timestamp && value.value === 0n ? new Timestamp(nextTimestamp()) : value;
  return Doc.fromLists(placed.keys, placed.values.map(stamp));
}

function refuseId(id: Value): void {
  if (isArray(id) || id instanceof Pattern || id instanceof Undefined) {
    throw new MongoError(53, 'InvalidIdField', `The '_id' value cannot be of type ${nameOfValue(id)}`);
  }
  if (id instanceof Doc) {
    const operator = id.keys.find((key) => key.startsWith('$'));
    if (operator)
      throw fail(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
      );
  }
}

export const idOf = (doc: Doc): Value => valueAtPath(doc, ['_id']) as Value;
