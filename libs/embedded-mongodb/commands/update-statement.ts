import { Doc } from '../bson/doc.js';
import type { Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { updatePipeline } from '../aggregate/update-pipeline.js';
import type { Execution } from '../query/execution.js';
import type { Placeholders } from '../update/modify-path.js';
import { parseUpdate, type Update } from '../update/parse-update.js';
import { placeholders, refuseUnused } from '../update/placeholders.js';
import { Fields, refuseCollation, refuseUnknown } from './command.js';
import { variablesOf } from './find.js';
import { parseSelection, type Selection } from './select.js';

/** One statement of an update. */
export interface Statement {
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

export function parseStatement(doc: Doc, execution: Execution, shared: Doc | undefined): Statement {
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
