import { randomBytes } from 'node:crypto';
import { Doc } from '../bson/doc.js';
import { withIdFirst } from '../bson/id-first.js';
import { isArray } from '../bson/types.js';
import { equal } from '../bson/compare.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { encode } from '../bson/write.js';
import { checkDatabase, checkNamespace } from '../commands/command.js';
import type { Engine, WriteSteps } from '../engine.js';
import { fail, failAt } from '../errors.js';
import { namedArguments } from '../expression/operator.js';
import { mergeDocs } from '../expression/object.js';
import { encodeKey } from '../keys/index-keys.js';
import { drain, pause, type Execution, type Steps } from '../query/execution.js';
import { valueAtPath } from '../query/path.js';
import type { CollectionEntry, IndexEntry } from '../storage/catalog.js';
import { prepareInsert } from '../update/apply-update.js';
import type { StageSpec } from './pipeline.js';
import { updatePipeline } from './update-pipeline.js';

const perWrite = 500;

interface Target {
  readonly db: string;
  readonly name: string;
}

function target(value: MaybeValue, db: string, stage: string): Target {
  let found: Target;
  if (typeof value === 'string') found = { db, name: value };
  else {
    const args = namedArguments(value ?? null, ['db', 'coll'], ['coll'], stage);
    const [toDb, coll] = [args.get('db') ?? db, args.get('coll')];
    if (typeof toDb !== 'string' || typeof coll !== 'string')
      throw failAt(16990, `${stage} needs the name of a collection`);
    found = { db: toDb, name: coll };
  }
  checkDatabase(found.db);
  checkNamespace(found.db, found.name);
  return found;
}

export const isOutput = (spec: StageSpec | undefined): spec is StageSpec =>
  spec?.name === '$out' || spec?.name === '$merge';

/** Writes what the pipeline gives instead of answering with it. */
export async function writeOutput(
  engine: Engine,
  db: string,
  spec: StageSpec,
  steps: Steps<Doc>,
  execution: Execution,
): Promise<void> {
  if (spec.name === '$out')
    await replaceCollection(engine, target(spec.operand, db, '$out'), steps, execution);
  else await merge(engine, db, spec.operand, steps, execution);
}

async function inBatches(
  steps: Steps<Doc>,
  execution: Execution,
  write: (docs: readonly Doc[]) => Promise<void>,
): Promise<void> {
  for (;;) {
    const docs: Doc[] = [];
    let bytes = 0;
    const finished = await drain(steps, execution, (doc) => {
      const own = Doc.fromBytes(encode(doc));
      docs.push(own);
      bytes += own.bytes?.length ?? 0;
      return docs.length >= perWrite || bytes > 8 * 1024 * 1024;
    });
    if (docs.length > 0) await write(docs);
    if (finished) return;
  }
}

/** Into a new collection first, which takes the old one's place in one step. */
async function replaceCollection(
  engine: Engine,
  { db, name }: Target,
  steps: Steps<Doc>,
  execution: Execution,
): Promise<void> {
  const temporary = `tmp.agg_out.${randomBytes(8).toString('hex')}`;
  const build = await engine.write(execution, function* () {
    const created = engine.catalog.create(db, temporary, randomBytes(16));
    const indexes =
      engine.collection(db, name)?.indexes.filter((index) => index.ready && index.name !== '_id_') ?? [];
    created.indexes = [
      ...created.indexes,
      ...indexes.map((index) =>
        engine.catalog.newIndex(index.name, index.key, {
          unique: index.unique,
          sparse: index.sparse,
          ready: true,
        }),
      ),
    ];
    engine.catalog.save(created);
    yield* [];
    return created;
  });
  try {
    await inBatches(steps, execution, (docs) =>
      engine.write(execution, () => insertAll(engine, build, docs)),
    );
    await engine.write(execution, function* () {
      const old = engine.collection(db, name);
      if (old) engine.catalog.drop(old);
      engine.catalog.rename(build, db, name);
      yield* [];
    });
  } catch (error) {
    await engine.write(execution, function* () {
      const left = engine.collection(db, temporary);
      if (left) engine.catalog.drop(left);
      yield* [];
    });
    throw error;
  } finally {
    engine.sweep();
  }
}

function* insertAll(engine: Engine, collection: CollectionEntry, docs: readonly Doc[]): WriteSteps<void> {
  for (const doc of docs) engine.records.insert(collection, prepareInsert(doc));
  yield* [];
}

const whenMatchedModes = ['replace', 'keepExisting', 'merge', 'fail'];
const whenNotMatchedModes = ['insert', 'discard', 'fail'];

async function merge(
  engine: Engine,
  db: string,
  operand: Value,
  steps: Steps<Doc>,
  execution: Execution,
): Promise<void> {
  const spec = operand instanceof Doc ? operand : Doc.of({ into: operand });
  const args = namedArguments(spec, ['into', 'on', 'whenMatched', 'whenNotMatched'], ['into'], '$merge');
  if (args.has('let')) throw fail('NotImplemented', `'let' of $merge is not supported by this server`);
  const into = target(args.get('into'), db, '$merge');
  const on = args.get('on') ?? '_id';
  const paths = (isArray(on) ? on : [on]).map((path) => {
    if (typeof path === 'string') return path;
    throw failAt(51186, `$merge 'on' field must be a string or an array of strings`);
  });
  const whenMatched = args.get('whenMatched') ?? 'merge';
  const whenNotMatched = args.get('whenNotMatched') ?? 'insert';
  if (!isArray(whenMatched) && !whenMatchedModes.includes(whenMatched as string))
    throw fail('BadValue', `Enumeration value for field 'whenMatched' is not a valid value.`);
  if (!whenNotMatchedModes.includes(whenNotMatched as string))
    throw fail('BadValue', `Enumeration value for field 'whenNotMatched' is not a valid value.`);
  const combine = combination(whenMatched, execution);

  await inBatches(steps, execution, (docs) =>
    engine.write(execution, function* () {
      const collection = engine.ensureCollection(into.db, into.name);
      const index = uniqueIndexOn(collection, paths);
      for (const given of docs) {
        // A document without an id takes the id of the one that it meets.
        const doc = paths.includes('_id') ? prepareInsert(given) : given;
        const record = lookUp(engine, index, doc);
        const before = record === undefined ? undefined : engine.records.get(collection, record);
        if (before && record !== undefined) {
          const after = combine(before, doc);
          if (after !== before)
            engine.records.replace(collection, record, before, Doc.fromBytes(encode(after)));
        } else if (whenNotMatched === 'insert') engine.records.insert(collection, prepareInsert(doc));
        else if (whenNotMatched === 'fail')
          throw failAt(
            13113,
            '$merge could not find a matching document in the target collection for at least one document in the source collection',
          );
        if (execution.pauseDue) yield pause;
      }
    }),
  );
}

function uniqueIndexOn(collection: CollectionEntry, paths: readonly string[]): IndexEntry {
  const index = collection.indexes.find(
    (entry) =>
      entry.unique &&
      entry.ready &&
      entry.fields.length === paths.length &&
      entry.fields.every(({ path }) => paths.includes(path)),
  );
  if (!index) throw failAt(51183, `Cannot find index to verify that join fields will be unique`);
  return index;
}

function lookUp(engine: Engine, index: IndexEntry, doc: Doc): number | undefined {
  const values = index.fields.map(({ path, parts }) => {
    const value = valueAtPath(doc, parts);
    if (value === undefined || value === null || isArray(value)) {
      throw failAt(51132, `$merge write error: 'on' field '${path}' cannot be missing, null or an array`);
    }
    return value;
  });
  return engine.records.lookup(index, encodeKey(values, index.fields));
}

function combination(whenMatched: Value, execution: Execution): (before: Doc, given: Doc) => Doc {
  if (isArray(whenMatched)) {
    return (before, given) =>
      keepId(before, updatePipeline(whenMatched, execution, new Map([['new', given]]))(before));
  }
  switch (whenMatched) {
    case 'replace':
      return (before, given) => keepId(before, given);
    case 'keepExisting':
      return (before) => before;
    case 'fail':
      return () => {
        throw fail('DuplicateKey', `$merge found a matching document and 'whenMatched' is 'fail'`);
      };
    default:
      return (before, given) => keepId(before, mergeDocs([before, given], execution));
  }
}

function keepId(before: Doc, after: Doc): Doc {
  if (!after.has('_id')) return withIdFirst(after, before.get('_id') as Value);
  if (!equal(before.get('_id'), after.get('_id'))) {
    throw fail(
      'ImmutableField',
      `$merge failed to update the matching document: did you attempt to modify the _id or the shard key?`,
    );
  }
  return after;
}
