import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { encode, largestDocument } from '../bson/write.js';
import type { Value } from '../bson/values.js';
import type { Engine } from '../engine.js';
import { fail, failAt } from '../errors.js';
import { findById } from '../plan/find-by-id.js';
import type { Found } from '../plan/scan.js';
import { pause, type Execution } from '../query/execution.js';
import type { CollectionEntry } from '../storage/catalog.js';
import { updated, upserted } from '../update/apply-update.js';
import type { Placeholders } from '../update/modify-path.js';
import { parseUpdate, type Update } from '../update/parse-update.js';
import { placeholders, refuseUnused } from '../update/placeholders.js';
import { updatePipeline } from '../aggregate/update-pipeline.js';
import {
  collectionName,
  Fields,
  refuseCollation,
  refuseUnknown,
  type Call,
  type Command,
} from './command.js';
import { variablesOf } from './find.js';
import { checkBatch } from './insert.js';
import { all, first, parseSelection, type Selection } from './select.js';
import { WriteErrors, writeAnswer } from './write-errors.js';

interface Statement {
  readonly query: Doc;
  /** Parsed when it is first asked for: what goes by the id alone never asks. */
  readonly selection: () => Selection;
  readonly hinted: boolean;
  readonly update: Update;
  readonly placeholders: Placeholders;
  readonly upsert: boolean;
  readonly multi: boolean;
}

const statementFields = [
  'q',
  'u',
  'upsert',
  'multi',
  'hint',
  'collation',
  'arrayFilters',
  'c',
  'upsertSupplied',
];

export function parseChange(
  query: Doc,
  change: Value,
  execution: Execution,
  options: {
    hint?: Value | undefined;
    sort?: Value | undefined;
    arrayFilters?: Value | undefined;
    variables?: Doc | undefined;
  },
): Pick<Statement, 'query' | 'selection' | 'hinted' | 'update' | 'placeholders'> {
  const variables = options.variables ? new Map(options.variables.entries()) : undefined;
  let parsed: Selection | undefined;
  const selection = () =>
    (parsed ??= parseSelection(query, execution, { hint: options.hint, sort: options.sort, variables }));
  const update = parseUpdate(change, execution.now, (stages) => updatePipeline(stages, execution, variables));
  if (options.arrayFilters !== undefined && update.kind !== 'operators') {
    throw fail('FailedToParse', 'arrayFilters may only be specified with an update by operators');
  }
  const hinted = options.hint !== undefined;
  if (change instanceof Doc && options.arrayFilters !== undefined) refuseUnused(options.arrayFilters, change);
  return {
    query,
    selection,
    hinted,
    update,
    placeholders: placeholders(() => selection().filter, options.arrayFilters),
  };
}

function parseStatement(doc: Doc, execution: Execution, shared: Doc | undefined): Statement {
  refuseUnknown('update.updates', doc, statementFields);
  const fields = new Fields('update.updates', doc);
  refuseCollation(fields.value('collation'));
  const change = doc.get('u');
  if (change === undefined) throw fields.missing('u');
  const multi = fields.flag('multi');
  const parsed = parseChange(fields.document('q'), change, execution, {
    hint: fields.value('hint'),
    arrayFilters: fields.value('arrayFilters'),
    variables: constants(shared, fields.optionalDocument('c')),
  });
  if (multi && parsed.update.kind === 'replacement') {
    throw fail('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  return { ...parsed, upsert: fields.flag('upsert'), multi };
}

/** Those of the command, and those of the statement, which hide them. */
function constants(shared: Doc | undefined, own: Doc | undefined): Doc | undefined {
  variablesOf(shared);
  variablesOf(own);
  return shared && own
    ? Doc.of(Object.fromEntries([...shared.entries(), ...own.entries()]))
    : (own ?? shared);
}

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
  return engine.write(execution, function* () {
    for (const [index, doc] of statements.entries()) {
      try {
        const statement = parseStatement(doc, execution, variables);
        const collection = statement.upsert ? engine.ensureCollection(db, name) : engine.collection(db, name);
        if (!collection) {
          // Nothing matches, and a filter that is none is refused all the same.
          statement.selection();
          continue;
        }
        const before = counts.matched;
        if (statement.multi) yield* updateMany(engine, collection, statement, execution, counts);
        else {
          const found = yield* firstOf(engine, collection, statement, execution);
          if (found) {
            counts.matched++;
            if (change(engine, collection, found.record, found.doc, statement).changed) counts.modified++;
          }
        }
        if (statement.upsert && counts.matched === before) {
          const fresh = upserted(statement.selection().filter, statement.update, statement.placeholders);
          engine.records.insert(collection, fresh);
          upsertedIds.push(Doc.of({ index, _id: fresh.get('_id') }));
        }
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
