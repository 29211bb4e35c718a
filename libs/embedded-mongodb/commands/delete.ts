import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import { fail } from '../errors.js';
import { findById } from '../plan/find-by-id.js';
import { pause } from '../query/execution.js';
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
import { all, first, parseSelection } from './select.js';
import { WriteErrors, writeAnswer } from './write-errors.js';

function parseStatement(doc: Doc, call: Call, variables: ReturnType<typeof variablesOf>) {
  refuseUnknown('delete.deletes', doc, ['q', 'limit', 'hint', 'collation']);
  const fields = new Fields('delete.deletes', doc);
  refuseCollation(fields.value('collation'));
  const value = doc.get('limit');
  const limit = value === undefined ? NaN : isNumeric(value) ? toNumber(value) : NaN;
  if (limit !== 0 && limit !== 1) {
    throw fail('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  }
  const query = fields.document('q');
  const hint = fields.value('hint');
  return {
    query,
    hinted: hint !== undefined,
    selection: () => parseSelection(query, call.execution, { hint, variables: variables ?? new Map() }),
    one: limit === 1,
  };
}

async function remove(call: Call): Promise<Doc> {
  const { engine, execution, db } = call;
  const name = collectionName(call);
  const fields = new Fields('delete', call.body);
  const statements = fields.documents('deletes', call.sequences);
  checkBatch(statements);
  const variables = variablesOf(fields.optionalDocument('let'));
  const errors = new WriteErrors(fields.flag('ordered', true));
  return engine.write(execution, function* () {
    let n = 0;
    for (const [index, doc] of statements.entries()) {
      try {
        const statement = parseStatement(doc, call, variables);
        const collection = engine.collection(db, name);
        const byId =
          collection && statement.one && !statement.hinted
            ? findById(engine.records, collection, statement.query)
            : undefined;
        const selection = byId === undefined ? statement.selection() : undefined;
        if (!collection) continue;
        if (statement.one || !selection) {
          const found = selection ? yield* first(engine, collection, selection, execution, true) : byId;
          if (found) {
            engine.records.remove(collection, found.record, found.doc);
            n++;
          }
          continue;
        }
        for (const record of yield* all(engine, collection, selection, execution)) {
          const before = engine.records.get(collection, record);
          if (before && selection.accepts(before)) {
            engine.records.remove(collection, record, before);
            n++;
          }
          if (execution.pauseDue) yield pause;
        }
      } catch (error) {
        if (errors.add(index, error)) break;
      }
      if (execution.pauseDue) yield pause;
    }
    return writeAnswer(n, {}, errors);
  });
}

export const deleteCommand: Command = {
  fields: ['deletes', 'ordered', 'let', 'stmtId', 'stmtIds'],
  run: remove,
};
