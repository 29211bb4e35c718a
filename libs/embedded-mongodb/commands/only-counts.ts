import { Doc } from '../bson/doc.js';
import { integer, toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import type { StageSpec } from '../aggregate/pipeline.js';

/** Whether stages ask how many documents there are and nothing of what is in them, as drivers do for `countDocuments`. */
export function onlyCounts(specs: readonly StageSpec[]): boolean {
  const counting = specs.find(({ name }) => name !== '$skip' && name !== '$limit');
  if (counting?.name === '$count') return true;
  return counting?.name === '$group' && counting.operand instanceof Doc && isCountOfAll(counting.operand);
}

const isConstant = (value: MaybeValue): boolean => value === null || isNumeric(value);

const isCountOfAll = (group: Doc): boolean =>
  [...group.entries()].every(([name, value]) =>
    name === '_id'
      ? isConstant(value)
      : value instanceof Doc && value.size === 1 && (isConstant(value.get('$sum')) || value.has('$count')),
  );

/**
 * The pipeline's answer up to its counting stage, where the number of documents is known without a look at any of them.
 * @returns undefined where the stages ask for more than that number
 */
export function countAtOnce(
  specs: readonly StageSpec[],
  documents: number,
): { readonly answer: readonly Doc[]; readonly taken: number } | undefined {
  let n = documents;
  for (const [i, { name, operand }] of specs.entries()) {
    if (name === '$skip' || name === '$limit') {
      const bound = isNumeric(operand) ? toNumber(operand) : NaN;
      if (!Number.isSafeInteger(bound) || bound < 0 || (name === '$limit' && bound === 0)) return undefined;
      n = name === '$skip' ? Math.max(0, n - bound) : Math.min(n, bound);
      continue;
    }
    const fields = fieldsOfCount(name, operand);
    const counted =
      fields &&
      Doc.fromLists(
        fields.map(([field]) => field),
        fields.map(([, value]) => (value === undefined ? integer(n) : value)),
      );
    return counted && { answer: n > 0 ? [counted] : [], taken: i + 1 };
  }
  return undefined;
}

/** Field by field, undefined for the count itself. */
function fieldsOfCount(name: string, operand: Value): [string, MaybeValue][] | undefined {
  if (name === '$count') return typeof operand === 'string' ? [[operand, undefined]] : undefined;
  if (name !== '$group' || !(operand instanceof Doc) || !isCountOfAll(operand)) return undefined;
  const ones = [...operand.entries()].every(
    ([field, value]) =>
      field === '_id' || (value instanceof Doc && (value.has('$count') || value.get('$sum') === 1)),
  );
  // The id comes first, wherever it was asked for.
  const others = operand.keys.filter((field) => field !== '_id');
  return ones && operand.has('_id')
    ? [['_id', operand.get('_id')], ...others.map((field): [string, MaybeValue] => [field, undefined])]
    : undefined;
}
