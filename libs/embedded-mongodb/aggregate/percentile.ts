import { toNumber } from '../bson/numbers.js';
import { isArray, isNumeric } from '../bson/types.js';
import { double, type MaybeValue, type Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { namedArguments } from '../expression/operator.js';
import type { Accumulator, MakeAccumulator } from './accumulators.js';

/** Exact percentiles, which the server's approximate method comes near to. */
class Percentiles implements Accumulator {
  private readonly values: number[] = [];
  constructor(
    private readonly points: readonly number[],
    private readonly single: boolean,
  ) {}

  get memory(): number {
    return 32 + this.values.length * 8;
  }

  add(value: MaybeValue): void {
    if (isNumeric(value)) this.values.push(toNumber(value));
  }

  result(): Value {
    const sorted = Float64Array.from(this.values).sort();
    const results = this.points.map((p): Value => {
      if (sorted.length === 0) return null;
      const at = Math.max(0, Math.ceil(p * sorted.length) - 1);
      return double(sorted[at] as number);
    });
    return this.single ? (results[0] as Value) : results;
  }
}

export function percentileAccumulator(
  operator: string,
  operand: Value,
): { make: MakeAccumulator; input: Value } {
  const single = operator === '$median';
  const names = single ? ['input', 'method'] : ['input', 'p', 'method'];
  const args = namedArguments(operand, names, names, operator);
  if (args.get('method') !== 'approximate') {
    throw fail('BadValue', `Currently only 'approximate' can be used as percentile 'method'.`);
  }
  const p = single ? [0.5] : args.get('p');
  if (
    !isArray(p) ||
    p.length === 0 ||
    !p.every((item) => isNumeric(item) && toNumber(item) >= 0 && toNumber(item) <= 1)
  ) {
    throw fail('BadValue', `The $percentile 'p' field must be an array of numbers from 0 to 1`);
  }
  const points = p.map((item) => toNumber(item as number));
  return { make: () => new Percentiles(points, single), input: args.get('input') as Value };
}
