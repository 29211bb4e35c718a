import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { encode, largestDocument } from '../bson/write.js';
import type { MaybeValue } from '../bson/values.js';
import type { Engine } from '../engine.js';
import { failAt } from '../errors.js';
import { findById } from '../plan/find-by-id.js';
import type { Found } from '../plan/scan.js';
import { pause, type Execution } from '../query/execution.js';
import type { CollectionEntry } from '../storage/catalog.js';
import { updated, upserted as freshOf } from '../update/apply-update.js';
import { collectionName, Fields, type Call, type Command } from './command.js';
import { checkBatch } from './insert.js';
import { PlainReplacement } from './plain-replacement.js';
import { all, first } from './select.js';
import { parseStatement, type Statement } from './update-statement.js';
import { WriteErrors, writeAnswer } from './write-errors.js';

const plain = new PlainReplacement();

/** Stores the changed document; false where the update changed nothing. */
export function change(
  engine: Engine,
  collection: CollectionEntry,
  record: number,
  before: Doc,
  statement: Pick<Statement, 'update' | 'placeholders'>,
): { changed: boolean; after: Doc } {
  const after = updated(before, statement.update, statement.placeholders);
  if (after === before) return { changed: false, after };
  const bytes = after.bytes ?? encode(after);
  if (before.bytes?.equals(bytes)) return { changed: false, after: before };
  if (bytes.length > largestDocument)
    throw failAt(17419, `Resulting document after update is larger than ${largestDocument}`);
  const stored = Doc.fromBytes(bytes);
  engine.records.replace(collection, record, before, stored);
  return { changed: true, after: stored };
}

function* firstOf(
  engine: Engine,
  collection: CollectionEntry,
  statement: Statement,
  execution: Execution,
): Generator<typeof pause, Found | undefined> {
  // Stages may hand on pieces of the document; all else is encoded anew before anything is read.
  const views = statement.update.kind !== 'pipeline';
  const found =
    views && !statement.hinted ? findById(engine.records, collection, statement.query) : undefined;
  if (found !== undefined) return found ?? undefined;
  return yield* first(engine, collection, statement.selection(), execution, views);
}

interface Counts {
  matched: number;
  modified: number;
}

function* updateMany(
  engine: Engine,
  collection: CollectionEntry,
  statement: Statement,
  execution: Execution,
  counts: Counts,
): Generator<typeof pause, void> {
  const selection = statement.selection();
  const records = yield* all(engine, collection, selection, execution);
  for (const record of records) {
    const before = engine.records.get(collection, record);
    if (before && selection.accepts(before)) {
      counts.matched++;
      if (change(engine, collection, record, before, statement).changed) counts.modified++;
    }
    if (execution.pauseDue) yield pause;
  }
}

async function update(call: Call): Promise<Doc> {
  const { engine, execution, db } = call;
  const name = collectionName(call);
  const fields = new Fields('update', call.body);
  const statements = fields.documents('updates', call.sequences);
  checkBatch(statements);
  const variables = fields.optionalDocument('let');
  const errors = new WriteErrors(fields.flag('ordered', true));
  const counts: Counts = { matched: 0, modified: 0 };
  const upsertedIds: Doc[] = [];
  const upserted = (index: number, id: MaybeValue) => {
    upsertedIds.push(Doc.of({ index, _id: id }));
  };
  const run = function* (index: number, doc: Doc): Generator<typeof pause, void> {
    const statement = parseStatement(doc, execution, variables);
    const collection = statement.upsert ? engine.ensureCollection(db, name) : engine.collection(db, name);
    if (!collection) {
      // Nothing matches, and a filter that is none is refused all the same.
      statement.selection();
      return;
    }
    // A statement that fails counts for nothing, also where it has changed some documents before.
    const own: Counts = { matched: 0, modified: 0 };
    if (statement.multi) yield* updateMany(engine, collection, statement, execution, own);
    else {
      const found = yield* firstOf(engine, collection, statement, execution);
      if (found) {
        own.matched++;
        if (change(engine, collection, found.record, found.doc, statement).changed) own.modified++;
      }
    }
    counts.matched += own.matched;
    counts.modified += own.modified;
    if (statement.upsert && own.matched === 0) {
      const fresh = freshOf(statement.selection().filter, statement.update, statement.placeholders);
      engine.records.insert(collection, fresh);
      upserted(index, fresh.get('_id'));
    }
  };
  const runPlain = (index: number, doc: Doc): boolean => {
    if (variables || !plain.read(doc)) return false;
    const collection = plain.upsert ? engine.ensureCollection(db, name) : engine.collection(db, name);
    if (!collection) return true;
    if (!plain.apply(engine.records, collection)) return false;
    if (plain.matched) counts.matched++;
    if (plain.modified) counts.modified++;
    if (plain.inserted) upserted(index, plain.insertedId);
    return true;
  };
  return engine.write(execution, function* () {
    for (let index = 0; index < statements.length; index++) {
      const doc = statements[index] as Doc;
      try {
        if (!runPlain(index, doc)) yield* run(index, doc);
      } catch (error) {
        if (errors.add(index, error)) break;
      }
      if (execution.pauseDue) yield pause;
    }
    return writeAnswer(
      counts.matched + upsertedIds.length,
      { upserted: upsertedIds.length > 0 ? upsertedIds : undefined, nModified: integer(counts.modified) },
      errors,
    );
  });
}

export const updateCommand: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let', 'stmtId', 'stmtIds'],
  run: update,
};
