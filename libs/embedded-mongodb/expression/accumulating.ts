import { isArray } from '../bson/types.js';
import { simpleAccumulators } from '../aggregate/accumulators.js';
import { list, type Operator, type Operators } from './operator.js';

/** `$sum`, `$avg` and their kin over the arguments; one argument that is an array stands for its elements. */
const over =
  (name: string): Operator =>
  (operand, { compile, scope }) => {
    const args = list(operand).map((item) => compile(item));
    return (frame) => {
      const accumulator = (simpleAccumulators[name] as NonNullable<(typeof simpleAccumulators)[string]>)();
      const values = args.map((argument) => argument(frame));
      const items = values.length === 1 && isArray(values[0]) ? values[0] : values;
      scope.execution.spend(items.length);
      for (const item of items) accumulator.add(item);
      return accumulator.result();
    };
  };

export const collectionOperators: Operators = {
  $sum: over('$sum'),
  $avg: over('$avg'),
  $min: over('$min'),
  $max: over('$max'),
  $stdDevPop: over('$stdDevPop'),
  $stdDevSamp: over('$stdDevSamp'),
};
