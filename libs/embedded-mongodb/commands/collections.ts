import { randomBytes } from 'node:crypto';
import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { Bytes, double } from '../bson/values.js';
import type { Engine } from '../engine.js';
import { fail } from '../errors.js';
import { compileFilter } from '../query/compile-filter.js';
import { parseFilter } from '../query/parse-filter.js';
import { expressionFilter } from '../expression/filter-expression.js';
import type { CollectionEntry } from '../storage/catalog.js';
import { indexSizes } from '../storage/index-sizes.js';
import {
  checkDatabase,
  checkNamespace,
  collectionName,
  Fields,
  refuseCollation,
  refuseOption,
  type Call,
  type Commands,
} from './command.js';
import { answerCursor } from './find.js';

const createOptions = [
  'capped',
  'timeseries',
  'viewOn',
  'pipeline',
  'validator',
  'validationLevel',
  'validationAction',
  'storageEngine',
  'indexOptionDefaults',
  'clusteredIndex',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'size',
  'max',
  'encryptedFields',
  'collation',
  'idIndex',
  'autoIndexId',
  'flags',
  'temp',
];

function create(call: Call): Promise<Doc> {
  const { engine, execution, db, body } = call;
  const name = collectionName(call);
  checkDatabase(db);
  for (const option of createOptions) {
    if (option === 'collation') refuseCollation(body.get(option));
    else if (option !== 'idIndex' && option !== 'autoIndexId') refuseOption(option, body.get(option));
  }
  return engine.write(execution, function* () {
    engine.catalog.create(db, name, randomBytes(16));
    yield* [];
    return Doc.empty;
  });
}

async function drop(call: Call): Promise<Doc> {
  const { engine, execution, db } = call;
  const name = collectionName(call);
  const answer = await engine.write(execution, function* () {
    const collection = engine.collection(db, name);
    // Since 7.0 that is no error.
    if (!collection) return Doc.empty;
    dropOne(call, collection);
    yield* [];
    return Doc.of({ nIndexesWas: collection.indexes.length, ns: `${db}.${name}` });
  });
  engine.sweep();
  return answer;
}

function dropOne({ engine }: Call, collection: CollectionEntry): void {
  const namespace = `${collection.db}.${collection.name}`;
  engine.catalog.drop(collection);
  engine.cursors.killAll((other) => other === namespace);
}

async function dropDatabase(call: Call): Promise<Doc> {
  const { engine, execution, db } = call;
  await engine.write(execution, function* () {
    for (const collection of engine.catalog.collections(db)) dropOne(call, collection);
    yield* [];
  });
  engine.sweep();
  return Doc.of({ dropped: db });
}

async function renameCollection(call: Call): Promise<Doc> {
  const { engine, execution, body } = call;
  if (call.db !== 'admin')
    throw fail('Unauthorized', 'renameCollection may only be run against the admin database.');
  const fields = new Fields('renameCollection', body);
  const [fromDb, from] = splitNamespace(fields.text('renameCollection'));
  const [toDb, to] = splitNamespace(fields.text('to'));
  if (fromDb === toDb && from === to) throw fail('IllegalOperation', `Can't rename a collection to itself`);
  await engine.write(execution, function* () {
    const collection = engine.collection(fromDb, from);
    if (!collection) throw fail('NamespaceNotFound', `Source collection ${fromDb}.${from} does not exist`);
    const target = engine.collection(toDb, to);
    if (target) {
      if (!fields.flag('dropTarget')) throw fail('NamespaceExists', 'target namespace exists');
      dropOne(call, target);
    }
    engine.cursors.killAll((namespace) => namespace === `${fromDb}.${from}`);
    engine.catalog.rename(collection, toDb, to);
    yield* [];
  });
  engine.sweep();
  return Doc.empty;
}

function splitNamespace(namespace: string): [string, string] {
  const dot = namespace.indexOf('.');
  if (dot <= 0) throw fail('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  const [db, name] = [namespace.slice(0, dot), namespace.slice(dot + 1)];
  checkDatabase(db);
  checkNamespace(db, name);
  return [db, name];
}

function listCollections(call: Call): Promise<Doc> {
  const { engine, execution, db, body } = call;
  const fields = new Fields('listCollections', body);
  const filter = fields.optionalDocument('filter') ?? Doc.empty;
  const accepts = compileFilter(parseFilter(filter, expressionFilter(execution)));
  const nameOnly = fields.flag('nameOnly');
  const docs = engine.catalog
    .collections(db)
    .map((collection) => describeCollection(collection))
    .filter(accepts)
    .map((doc) => (nameOnly ? Doc.of({ name: doc.get('name'), type: 'collection' }) : doc));
  function* steps() {
    yield* docs;
  }
  const cursor = fields.optionalDocument('cursor');
  const batchSize = cursor && new Fields('cursor', cursor).count('batchSize');
  return answerCursor(
    call,
    `${db}.$cmd.listCollections`,
    steps(),
    { batchSize, single: false },
    'firstBatch',
  );
}

const describeCollection = ({ name, uuid }: CollectionEntry): Doc =>
  Doc.of({
    name,
    type: 'collection',
    options: Doc.empty,
    info: Doc.of({ readOnly: false, uuid: new Bytes(4, uuid) }),
    idIndex: Doc.of({ v: 2, key: Doc.of({ _id: 1 }), name: '_id_' }),
  });

function listDatabases({ engine, execution, db, body }: Call): Doc {
  if (db !== 'admin') throw fail('Unauthorized', 'listDatabases may only be run against the admin database.');
  const fields = new Fields('listDatabases', body);
  const accepts = compileFilter(
    parseFilter(fields.optionalDocument('filter') ?? Doc.empty, expressionFilter(execution)),
  );
  const sizes = new Map<string, number>();
  for (const { db: name, bytes } of engine.catalog.collections())
    sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  const databases = [...sizes]
    .map(([name, bytes]) => Doc.of({ name, sizeOnDisk: integer(bytes), empty: false }))
    .filter(accepts);
  if (fields.flag('nameOnly'))
    return Doc.of({ databases: databases.map((doc) => Doc.of({ name: doc.get('name') })) });
  const total = databases.reduce((sum, doc) => sum + Number(doc.get('sizeOnDisk')), 0);
  return Doc.of({ databases, totalSize: integer(total), totalSizeMb: integer(Math.floor(total / 2 ** 20)) });
}

const total = (sizes: Map<string, number>): number => [...sizes.values()].reduce((sum, n) => sum + n, 0);

export function collectionFigures(
  { environment }: Engine,
  collection: CollectionEntry | undefined,
  scale: number,
): Doc {
  const { count = 0, bytes = 0, indexes = [] } = collection ?? {};
  const sizes = collection ? indexSizes(environment, collection) : new Map<string, number>();
  const indexBytes = total(sizes);
  const scaled = (n: number) => integer(Math.floor(n / scale));
  return Doc.of({
    size: scaled(bytes),
    count: integer(count),
    avgObjSize: count > 0 ? integer(Math.floor(bytes / count)) : undefined,
    numOrphanDocs: 0,
    storageSize: scaled(bytes),
    freeStorageSize: 0,
    capped: false,
    nindexes: indexes.length,
    indexBuilds: indexes.filter((index) => !index.ready).map((index) => index.name),
    totalIndexSize: scaled(indexBytes),
    totalSize: scaled(bytes + indexBytes),
    indexSizes: Doc.fromLists([...sizes.keys()], [...sizes.values()].map(scaled)),
    scaleFactor: scale,
  });
}

function collStats(call: Call): Doc {
  const name = collectionName(call);
  const scale = new Fields('collStats', call.body).count('scale') ?? 1;
  const figures = collectionFigures(call.engine, call.engine.collection(call.db, name), Math.max(1, scale));
  return Doc.fromLists(['ns', ...figures.keys], [`${call.db}.${name}`, ...figures.values]);
}

function dbStats({ engine, db, body }: Call): Doc {
  const scale = Math.max(1, new Fields('dbStats', body).count('scale') ?? 1);
  const collections = engine.catalog.collections(db);
  const sum = (of: (collection: CollectionEntry) => number) =>
    collections.reduce((total, one) => total + of(one), 0);
  const [objects, bytes] = [sum(({ count }) => count), sum((one) => one.bytes)];
  const indexBytes = sum((one) => total(indexSizes(engine.environment, one)));
  return Doc.of({
    db,
    collections: collections.length,
    views: 0,
    objects: integer(objects),
    avgObjSize: double(objects > 0 ? bytes / objects : 0),
    dataSize: double(bytes / scale),
    storageSize: double(bytes / scale),
    indexes: integer(sum(({ indexes }) => indexes.length)),
    indexSize: double(indexBytes / scale),
    totalSize: double((bytes + indexBytes) / scale),
    scaleFactor: integer(scale),
    fsUsedSize: double(0),
    fsTotalSize: double(0),
  });
}

export const collectionCommands: Commands = {
  create: { fields: createOptions, run: create },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  renameCollection: { fields: ['to', 'dropTarget', 'stayTemp'], run: renameCollection },
  listCollections: {
    fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    run: listCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  collStats: { fields: ['scale'], run: collStats },
  collstats: { fields: ['scale'], run: collStats },
  dbStats: { fields: ['scale', 'freeStorage'], run: dbStats },
  dbstats: { fields: ['scale', 'freeStorage'], run: dbStats },
};
