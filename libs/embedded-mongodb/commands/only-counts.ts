import { Doc } from '../bson/doc.js';
import { isNumeric } from '../bson/types.js';
import type { MaybeValue } from '../bson/values.js';
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
