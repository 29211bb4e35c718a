import { equal } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { scan } from '../plan/scan.js';
import { pause } from '../query/execution.js';
import { namespaceOf, type CollectionEntry, type IndexEntry } from '../storage/catalog.js';
import { collectionName, Fields, refuseCollation, type Call, type Commands } from './command.js';
import { answerCursor } from './find.js';

interface IndexSpec {
  readonly name: string;
  readonly key: Doc;
  readonly unique: boolean;
  readonly sparse: boolean;
}

/** Given by drivers, without meaning here. */
const meaningless = ['v', 'background', 'ns'];
const mostIndexes = 64;
const mostFields = 32;

function parseSpec(spec: Doc): IndexSpec {
  const fields = new Fields('createIndexes.indexes', spec);
  const key = fields.document('key');
  if (key.size === 0) throw fail('CannotCreateIndex', 'Index keys cannot be an empty object');
  if (key.size > mostFields)
    throw fail('CannotCreateIndex', `Index key pattern too large: more than ${mostFields} fields`);
  for (const [path, direction] of key.entries()) checkKeyField(path, direction);
  refuseCollation(spec.get('collation'));
  for (const option of spec.keys) {
    if (option === 'hidden' && spec.get(option) === false) continue;
    if (!['key', 'name', 'unique', 'sparse', 'collation', ...meaningless].includes(option)) {
      throw fail('CannotCreateIndex', `The index option '${option}' is not supported by this server`);
    }
  }
  const name = fields.optionalText('name');
  if (name === undefined)
    throw fail('FailedToParse', `The 'name' field is a required property of an index specification`);
  if (name === '' || name === '*') throw fail('CannotCreateIndex', `'${name}' is no name for an index`);
  return { name, key, unique: fields.flag('unique'), sparse: fields.flag('sparse') };
}

function checkKeyField(path: string, direction: Value): void {
  if (typeof direction === 'string') {
    throw fail('CannotCreateIndex', `Indexes of the kind '${direction}' are not supported by this server`);
  }
  const number = isNumeric(direction) ? toNumber(direction) : NaN;
  if (number !== 1 && number !== -1) {
    throw fail(
      'CannotCreateIndex',
      `Values in v:2 index key pattern must be 1 or -1 in this server, but found ${nameOfValue(direction)}`,
    );
  }
  if (path === '' || path.split('.').includes(''))
    throw fail('CannotCreateIndex', 'Index keys cannot contain an empty field.');
  if (path.includes('$'))
    throw fail(
      'CannotCreateIndex',
      `Index key contains an illegal field name: field name starts with '$' or is a wildcard: ${path}`,
    );
}

/** The index that is there already, if it is the same. */
function existing(collection: CollectionEntry, spec: IndexSpec): IndexEntry | undefined {
  const named = collection.indexes.find((index) => index.name === spec.name);
  const keyed = collection.indexes.find((index) => equal(index.key, spec.key));
  if (spec.key.size === 1 && spec.key.has('_id')) return keyed;
  if (keyed && keyed.unique === spec.unique && keyed.sparse === spec.sparse) {
    if (keyed.name === spec.name) return keyed;
    throw fail('IndexOptionsConflict', `Index already exists with a different name: ${keyed.name}`);
  }
  if (named) {
    throw fail(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. Requested index: ${spec.name}`,
    );
  }
  if (keyed) {
    throw fail(
      'IndexOptionsConflict',
      `An equivalent index already exists with the same key but different options: ${keyed.name}`,
    );
  }
  return undefined;
}

async function createIndexes(call: Call): Promise<Doc> {
  const { engine, db, body } = call;
  const name = collectionName(call);
  const list = body.get('indexes');
  if (!isArray(list) || list.length === 0)
    throw fail('BadValue', 'Must specify at least one index to create');
  const specs = list.map((spec) => {
    if (spec instanceof Doc) return parseSpec(spec);
    throw fail('TypeMismatch', 'The elements of the indexes array must be objects');
  });
  const created = engine.collection(db, name) === undefined;
  const before = engine.collection(db, name)?.indexes.length ?? 1;
  let added = 0;
  for (const spec of specs) if (await buildIndex(call, name, spec)) added++;
  return Doc.of({
    numIndexesBefore: before,
    numIndexesAfter: engine.collection(db, name)?.indexes.length ?? before + added,
    ...(added === 0 ? { note: 'all indexes already exist' } : { createdCollectionAutomatically: created }),
  });
}

/** Built in pieces while writes go on: they maintain it from the start, reads use it when it is complete. */
function buildIndex({ engine, execution, db }: Call, name: string, spec: IndexSpec): Promise<boolean> {
  return engine.write(execution, function* () {
    const collection = engine.ensureCollection(db, name);
    if (existing(collection, spec)) return false;
    if (collection.indexes.length >= mostIndexes) {
      throw fail('CannotCreateIndex', `add index fails, too many indexes for ${namespaceOf(collection)}`);
    }
    const { unique, sparse } = spec;
    const index = engine.catalog.newIndex(spec.name, spec.key, { unique, sparse, ready: false });
    collection.indexes = [...collection.indexes, index];
    engine.catalog.save(collection);
    try {
      yield* fillIndex(engine, collection, index, execution);
    } catch (error) {
      collection.indexes = collection.indexes.filter((other) => other !== index);
      engine.catalog.discardIndex(index);
      engine.catalog.save(collection);
      engine.sweep();
      // The refusal is kept until what was done so far has been taken back in the same transaction.
      return yield* refuse(error);
    }
    index.ready = true;
    engine.catalog.save(collection);
    return true;
  });
}

function* refuse(error: unknown): Generator<typeof pause, never> {
  yield pause;
  throw error;
}

function* fillIndex(
  engine: Call['engine'],
  collection: CollectionEntry,
  index: IndexEntry,
  execution: Call['execution'],
): Generator<typeof pause, void> {
  const source = { environment: engine.environment, records: engine.records, collection, execution };
  let entries: { record: number; doc: Doc }[] = [];
  const indexes = [index];
  const add = () => {
    for (const { record, doc } of entries) engine.records.addToIndexes(collection, indexes, record, doc);
    entries = [];
  };
  const documents = scan(source, { kind: 'collection', reverse: false, sorted: false }, () => true);
  for (const item of documents) {
    if (item !== pause) {
      entries.push(item);
      continue;
    }
    // No range may be open while entries are written.
    execution.suspend();
    add();
    yield pause;
    if (collection.dropped) throw fail('QueryPlanKilled', 'collection dropped during the build of an index');
  }
  execution.suspend();
  add();
}

async function listIndexes(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const collection = call.engine.collection(call.db, name);
  const namespace = `${call.db}.${name}`;
  if (!collection) throw fail('NamespaceNotFound', `ns does not exist: ${namespace}`);
  const docs = collection.indexes.filter((index) => index.ready).map(describe);
  function* steps() {
    yield* docs;
  }
  const cursor = new Fields('listIndexes', call.body).optionalDocument('cursor');
  const batchSize = cursor && new Fields('cursor', cursor).count('batchSize');
  return answerCursor(call, namespace, steps(), { batchSize, single: false }, 'firstBatch');
}

const describe = (index: IndexEntry): Doc =>
  Doc.of({
    v: 2,
    key: index.key,
    name: index.name,
    unique: index.unique && index.name !== '_id_' ? true : undefined,
    sparse: index.sparse ? true : undefined,
  });

function chosen(collection: CollectionEntry, selector: MaybeValue): IndexEntry[] {
  if (selector === '*') return collection.indexes.filter((index) => index.name !== '_id_');
  if (isArray(selector)) return selector.flatMap((item) => chosen(collection, item));
  const index = collection.indexes.find((entry) =>
    selector instanceof Doc ? equal(entry.key, selector) : entry.name === selector,
  );
  if (!index) {
    const words =
      selector instanceof Doc
        ? `can't find index with key`
        : `index not found with name [${typeof selector === 'string' ? selector : ''}]`;
    throw fail('IndexNotFound', words);
  }
  if (index.name === '_id_') throw fail('InvalidOptions', 'cannot drop _id index');
  return [index];
}

async function dropIndexes(call: Call): Promise<Doc> {
  const { engine, execution, db, body } = call;
  const name = collectionName(call);
  const answer = await engine.write(execution, function* () {
    const collection = engine.collection(db, name);
    if (!collection) throw fail('NamespaceNotFound', `ns not found ${db}.${name}`);
    const before = collection.indexes.length;
    const dropped = chosen(collection, body.get('index'));
    collection.indexes = collection.indexes.filter((index) => !dropped.includes(index));
    for (const index of dropped) engine.catalog.discardIndex(index);
    engine.catalog.save(collection);
    engine.cursors.killAll((namespace) => namespace === `${db}.${name}`);
    yield* [];
    return Doc.of({ nIndexesWas: before });
  });
  engine.sweep();
  return answer;
}

export const indexCommands: Commands = {
  createIndexes: { fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'], run: createIndexes },
  listIndexes: { fields: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
};
