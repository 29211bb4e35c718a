import { Doc } from '../bson/doc.js';
import { fail } from '../errors.js';
import { findProjection } from '../projection/find-projection.js';
import { parseProjection } from '../projection/parse-projection.js';
import { upserted } from '../update/apply-update.js';
import { collectionName, Fields, refuseCollation, type Call, type Command } from './command.js';
import { variablesOf } from './find.js';
import { first, parseSelection } from './select.js';
import { change } from './update.js';
import { parseChange } from './update-statement.js';

async function findAndModify(call: Call): Promise<Doc> {
  const { engine, execution, db, body } = call;
  const name = collectionName(call);
  const fields = new Fields('findAndModify', body);
  refuseCollation(fields.value('collation'));
  const query = fields.optionalDocument('query') ?? Doc.empty;
  const sort = fields.optionalDocument('sort');
  const hint = fields.value('hint');
  const remove = fields.flag('remove');
  const upsert = fields.flag('upsert');
  const fresh = fields.flag('new');
  const update = fields.value('update');
  if (remove && update !== undefined)
    throw fail('FailedToParse', `Cannot specify both an update and remove=true`);
  if (remove && upsert) throw fail('FailedToParse', `Cannot specify both upsert=true and remove=true`);
  if (remove && fresh)
    throw fail(
      'FailedToParse',
      `Cannot specify both new=true and remove=true; 'remove' always returns the deleted document`,
    );
  if (!remove && update === undefined)
    throw fail('FailedToParse', `Either an update or remove=true must be specified`);
  const variables = variablesOf(fields.optionalDocument('let'));
  const selection = parseSelection(query, execution, { sort, hint, variables });
  const projection = fields.optionalDocument('fields');
  const project =
    projection && projection.size > 0
      ? parseProjection(projection, execution, { variables, find: findProjection(selection.filter) })
      : (doc: Doc) => doc;

  return engine.write(execution, function* () {
    const collection = upsert ? engine.ensureCollection(db, name) : engine.collection(db, name);
    const found = collection && (yield* first(engine, collection, selection, execution));
    if (!collection)
      return Doc.of({
        lastErrorObject: Doc.of({ n: 0, ...(remove ? {} : { updatedExisting: false }) }),
        value: null,
      });
    if (remove) {
      if (found) engine.records.remove(collection, found.record, found.doc);
      return Doc.of({
        lastErrorObject: Doc.of({ n: found ? 1 : 0 }),
        value: found ? project(found.doc) : null,
      });
    }
    const statement = parseChange(query, update ?? null, execution, {
      hint,
      sort,
      arrayFilters: fields.value('arrayFilters'),
      variables: fields.optionalDocument('let'),
    });
    if (found) {
      const { after } = change(engine, collection, found.record, found.doc, statement);
      return Doc.of({
        lastErrorObject: Doc.of({ n: 1, updatedExisting: true }),
        value: project(fresh ? after : found.doc),
      });
    }
    if (!upsert) return Doc.of({ lastErrorObject: Doc.of({ n: 0, updatedExisting: false }), value: null });
    const inserted = upserted(selection.filter, statement.update, statement.placeholders);
    engine.records.insert(collection, inserted);
    return Doc.of({
      lastErrorObject: Doc.of({ n: 1, updatedExisting: false, upserted: inserted.get('_id') }),
      value: fresh ? project(inserted) : null,
    });
  });
}

export const findAndModifyCommand: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
    'stmtId',
  ],
  run: findAndModify,
};
