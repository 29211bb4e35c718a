import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import type { Value } from '../bson/values.js';
import { encode } from '../bson/write.js';
import type { Execution } from '../query/execution.js';
import { updated } from '../update/apply-update.js';
import { Fields } from './command.js';
import { parseChange } from './update-statement.js';

/** The stage of a write over the plan that finds its documents; counts what it would do, and does nothing. */
export interface ExplainedWrite {
  readonly multi: boolean;
  readonly limit: number;
  /** Answers with the document that it found, or with nothing. */
  readonly returns: boolean;
  meet(doc: Doc): void;
  stage(inputStage: Value, matched: number | undefined): Doc;
}

function changed(before: Doc, after: Doc): boolean {
  return after !== before && !encode(after).equals(before.bytes ?? encode(before));
}

function updateStage(
  change: ReturnType<typeof parseChange>,
  options: { multi: boolean; upsert: boolean; returns: boolean },
): ExplainedWrite {
  let modified = 0;
  return {
    multi: options.multi,
    limit: options.multi ? Infinity : 1,
    returns: options.returns,
    meet: (doc) => {
      if (changed(doc, updated(doc, change.update, change.placeholders))) modified++;
    },
    stage: (inputStage, matched) =>
      Doc.of({
        stage: 'UPDATE',
        ...(matched === undefined
          ? {}
          : {
              nReturned: integer(options.returns ? matched : 0),
              nMatched: integer(matched),
              nWouldModify: integer(modified),
              nWouldUpsert: integer(options.upsert && matched === 0 ? 1 : 0),
            }),
        inputStage,
      }),
  };
}

const deleteStage = (multi: boolean, returns: boolean): ExplainedWrite => ({
  multi,
  limit: multi ? Infinity : 1,
  returns,
  meet: () => undefined,
  stage: (inputStage, matched) =>
    Doc.of({
      stage: 'DELETE',
      ...(matched === undefined
        ? {}
        : { nReturned: integer(returns ? matched : 0), nWouldDelete: integer(matched) }),
      inputStage,
    }),
});

/** Of `update`, `delete` (their first statement) and `findAndModify`. */
export function explainedWrite(
  name: string,
  query: Doc,
  statement: Doc,
  execution: Execution,
): ExplainedWrite {
  const fields = new Fields(name, statement);
  if (name === 'delete') return deleteStage(fields.integer('limit') === 0, false);
  const returns = name === 'findAndModify';
  if (returns && fields.flag('remove')) return deleteStage(false, true);
  const update = fields.value(returns ? 'update' : 'u');
  if (update === undefined) throw fields.missing(returns ? 'update' : 'u');
  const change = parseChange(query, update, execution, {
    arrayFilters: fields.value('arrayFilters'),
    variables: fields.optionalDocument(returns ? 'let' : 'c'),
  });
  return updateStage(change, { multi: fields.flag('multi'), upsert: fields.flag('upsert'), returns });
}
