import { Doc } from '../bson/doc.js';
import type { MaybeValue } from '../bson/values.js';
import type { StageSpec } from '../aggregate/pipeline.js';
import type { Fields } from './command.js';
import { variablesOf } from './find.js';

/** What the head of a pipeline asks of the storage: an index can serve the first match and the sort after it. */
export function headOf(specs: readonly StageSpec[]): { query: Doc; sort: Doc | undefined; taken: number } {
  let taken = 0;
  let query = Doc.empty;
  let sort: Doc | undefined;
  const [first] = specs;
  if (first?.name === '$match' && first.operand instanceof Doc) {
    query = first.operand;
    taken = 1;
  }
  const next = specs[taken];
  if (next?.name === '$sort' && next.operand instanceof Doc && next.operand.size > 0) {
    sort = next.operand;
    taken++;
  }
  return { query, sort, taken };
}

export const variablesFor = (fields: Fields): ReadonlyMap<string, MaybeValue> =>
  variablesOf(fields.optionalDocument('let')) ?? new Map<string, MaybeValue>();
