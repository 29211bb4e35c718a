import { compare } from '../bson/compare.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { isNullish } from '../expression/operator.js';
import { sizeOfValue } from '../expression/sized.js';
import { kept, type Accumulator, type MakeAccumulator } from './accumulators.js';

/** A value and the place that its document has in the order asked for. */
export interface Ranked {
  readonly key: string;
  readonly value: Value;
}

/** Keeps the n best of what comes, in order. */
class Best<T> implements Accumulator {
  memory = 32;
  private items: T[] = [];

  constructor(
    private readonly n: number,
    private readonly order: (a: T, b: T) => number,
    private readonly take: (value: MaybeValue) => T | undefined,
    private readonly give: (items: readonly T[]) => Value,
    private readonly size: (item: T) => number,
  ) {}

  add(value: MaybeValue): void {
    const item = this.take(value);
    if (item === undefined) return;
    const last = this.items[this.n - 1];
    if (last !== undefined && this.order(item, last) >= 0) return;
    let at = this.items.length;
    while (at > 0 && this.order(item, this.items[at - 1] as T) < 0) at--;
    this.items.splice(at, 0, item);
    this.memory += this.size(item);
    const dropped = this.items.length > this.n ? this.items.pop() : undefined;
    if (dropped !== undefined) this.memory -= this.size(dropped);
  }

  result(): Value {
    return this.give(this.items);
  }
}

/** The first or last n in the order of arrival. */
class Arrival implements Accumulator {
  memory = 32;
  private readonly items: Value[] = [];
  constructor(
    private readonly n: number,
    private readonly last: boolean,
  ) {}

  add(value: MaybeValue): void {
    if (!this.last && this.items.length >= this.n) return;
    const item = kept(value ?? null);
    this.items.push(item);
    this.memory += 16 + sizeOfValue(item);
    if (this.items.length > this.n) this.memory -= 16 + sizeOfValue(this.items.shift());
  }

  result(): Value {
    return this.items;
  }
}

const byKey = (sign: number) => (a: Ranked, b: Ranked) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0);

export function orderedAccumulator(operator: string, n: number): MakeAccumulator {
  switch (operator) {
    case '$firstN':
      return () => new Arrival(n, false);
    case '$lastN':
      return () => new Arrival(n, true);
    case '$maxN':
    case '$minN': {
      const sign = operator === '$maxN' ? -1 : 1;
      return () =>
        new Best<Value>(
          n,
          (a, b) => sign * compare(a, b),
          (value) => (isNullish(value) ? undefined : kept(value)),
          (items) => items,
          (item) => 16 + sizeOfValue(item),
        );
    }
    default: {
      const bottom = operator.startsWith('$bottom');
      const single = !operator.endsWith('N');
      return () =>
        new Best<Ranked>(
          n,
          byKey(bottom ? -1 : 1),
          (value) => {
            const { key, value: output } = value as unknown as Ranked;
            return { key, value: kept(output) };
          },
          (items) => {
            const values = items.map(({ value }) => value);
            if (single) return values[0] ?? null;
            return bottom ? values.reverse() : values;
          },
          ({ key, value }) => 16 + key.length + sizeOfValue(value),
        );
    }
  }
}
