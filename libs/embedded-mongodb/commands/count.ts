import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { canonicalKey } from '../query/compile-filter.js';
import { drain, type Steps } from '../query/execution.js';
import { collectionName, Fields, refuseCollation, type Call, type Command } from './command.js';
import { parseSelection, select, selectCovered } from './select.js';
import { documentPath } from '../keys/index-keys.js';

async function count(call: Call): Promise<Doc> {
  const { engine, execution, db, body } = call;
  const name = collectionName(call);
  const fields = new Fields('count', body);
  refuseCollation(fields.value('collation'));
  const query = fields.optionalDocument('query') ?? Doc.empty;
  const skip = fields.count('skip') ?? 0;
  const limit = Math.abs(fields.integer('limit') ?? 0);
  const selection = parseSelection(query, execution, { hint: fields.value('hint') });
  const collection = engine.collection(db, name);
  if (!collection) return Doc.of({ n: 0 });
  let n = 0;
  if (query.size === 0) n = collection.count;
  else {
    const matches: Steps<unknown> =
      selectCovered(engine, collection, selection, execution) ??
      select(engine, collection, selection, execution, Infinity, true);
    await drain(matches, execution, () => {
      n++;
      return limit > 0 && n >= limit + skip;
    });
  }
  n = Math.max(0, n - skip);
  return Doc.of({ n: integer(limit > 0 ? Math.min(n, limit) : n) });
}

/** As the server: the answer is one document. */
const largestAnswer = 16 * 1024 * 1024;

async function distinct(call: Call): Promise<Doc> {
  const { engine, execution, db, body } = call;
  const name = collectionName(call);
  const fields = new Fields('distinct', body);
  refuseCollation(fields.value('collation'));
  const parts = fields.text('key').split('.');
  const selection = parseSelection(fields.optionalDocument('query') ?? Doc.empty, execution, {
    hint: fields.value('hint'),
  });
  const collection = engine.collection(db, name);
  const values = new Map<string, Value>();
  let bytes = 0;
  const add = (value: MaybeValue) => {
    if (value === undefined) return;
    const key = canonicalKey(value);
    if (values.has(key)) return;
    bytes += key.length + 16;
    if (bytes > largestAnswer) throw fail('BSONObjectTooLarge', 'distinct too big, 16mb cap');
    values.set(key, value);
  };
  if (collection) {
    await drain(select(engine, collection, selection, execution), execution, ({ doc }) => {
      for (const value of documentPath(doc, parts)) {
        if (isArray(value)) value.forEach(add);
        else add(value);
      }
      return false;
    });
  }
  const sorted = [...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return Doc.of({ values: sorted });
}

export const countCommand: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run: count,
};
export const distinctCommand: Command = { fields: ['key', 'query', 'collation', 'hint'], run: distinct };
