import { compare, type Numeric } from '../bson/compare.js';
import { Decimal } from '../bson/decimal.js';
import { Doc } from '../bson/doc.js';
import { arithmetic, divideDecimals, toDecimal, toNumber } from '../bson/numbers.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import { detach } from '../bson/write.js';
import { Bytes, Code, double, fitsLong, isInt32, type MaybeValue, type Value } from '../bson/values.js';
import { failAt } from '../errors.js';
import { isNullish } from '../expression/operator.js';
import { sizeOfValue } from '../expression/sized.js';
import { canonicalKey } from '../query/compile-filter.js';

/** Takes values one by one and says what came of them. */
export interface Accumulator {
  add(value: MaybeValue): void;
  result(): MaybeValue;
  /** Bytes that it holds. */
  readonly memory: number;
}

export type MakeAccumulator = () => Accumulator;

/** What outlives its document must not lie in that document's bytes, which may be gone with the next one. */
export function kept(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Doc) return detach(value);
  if (isArray(value)) return value.map(kept);
  if (value instanceof Bytes) return new Bytes(value.subtype, Buffer.from(value.data));
  return value instanceof Code && value.scope ? new Code(value.source, detach(value.scope)) : value;
}

/** Whole numbers are added exactly, doubles with the error of each step carried along, decimals apart. */
export class Sum implements Accumulator {
  readonly memory = 64;
  private whole = 0;
  private large = 0n;
  private hasLong = false;
  private high = 0;
  private low = 0;
  private hasDouble = false;
  private decimals: Decimal | undefined;

  add(value: MaybeValue): void {
    if (typeof value === 'number' && isInt32(value)) {
      this.whole += value;
      if (this.whole > 2 ** 52 || this.whole < -(2 ** 52)) this.carry();
    } else if (isNumeric(value)) this.addOther(value);
  }

  private addOther(value: Numeric): void {
    if (value instanceof Decimal) {
      this.decimals = this.decimals ? (arithmetic('add', this.decimals, value) as Decimal) : value;
    } else if (typeof value === 'bigint') {
      this.large += value;
      this.hasLong = true;
    } else {
      this.hasDouble = true;
      const x = toNumber(value);
      const sum = this.high + x;
      const part = sum - this.high;
      this.low += this.high - (sum - part) + (x - part);
      this.high = sum;
    }
  }

  private carry(): void {
    this.large += BigInt(this.whole);
    this.whole = 0;
  }

  result(): Value {
    this.carry();
    if (this.decimals) {
      const whole = arithmetic('add', this.decimals, Decimal.of(this.large)) as Decimal;
      return this.hasDouble ? (arithmetic('add', whole, toDecimal(this.doubles())) as Value) : whole;
    }
    if (this.hasDouble) return double(this.doubles() + Number(this.large));
    if (!this.hasLong && isInt32(Number(this.large))) return Number(this.large);
    return fitsLong(this.large) ? this.large : double(Number(this.large));
  }

  private doubles(): number {
    const total = this.high + this.low;
    return Number.isNaN(total) ? this.high : total;
  }
}

class Average implements Accumulator {
  readonly memory = 80;
  private readonly sum = new Sum();
  private count = 0;

  add(value: MaybeValue): void {
    if (!isNumeric(value)) return;
    this.sum.add(value);
    this.count++;
  }

  result(): Value {
    if (this.count === 0) return null;
    const total = this.sum.result() as Numeric;
    if (total instanceof Decimal) return divideDecimals(total, Decimal.of(BigInt(this.count)));
    return double(toNumber(total) / this.count);
  }
}

class Extreme implements Accumulator {
  memory = 40;
  private best: MaybeValue;
  constructor(private readonly sign: 1 | -1) {}

  add(value: MaybeValue): void {
    if (isNullish(value)) return;
    if (this.best !== undefined && compare(value, this.best) * this.sign <= 0) return;
    this.best = kept(value);
    this.memory = 32 + sizeOfValue(this.best);
  }

  result(): Value {
    return this.best ?? null;
  }
}

class First implements Accumulator {
  memory = 40;
  private value: MaybeValue;
  private seen = false;
  add(value: MaybeValue): void {
    if (this.seen) return;
    this.seen = true;
    this.value = value === undefined ? undefined : kept(value);
    this.memory = 32 + sizeOfValue(this.value);
  }
  result(): Value {
    return this.value ?? null;
  }
}

class Last implements Accumulator {
  memory = 40;
  private value: MaybeValue;
  add(value: MaybeValue): void {
    this.value = value === undefined ? undefined : kept(value);
    this.memory = 32 + sizeOfValue(this.value);
  }
  result(): Value {
    return this.value ?? null;
  }
}

class Push implements Accumulator {
  memory = 32;
  protected readonly items: Value[] = [];
  add(value: MaybeValue): void {
    if (value === undefined) return;
    this.items.push(kept(value));
    this.memory += 16 + sizeOfValue(value);
  }
  result(): Value {
    return this.items;
  }
}

class AddToSet extends Push {
  private readonly known = new Set<string>();
  override add(value: MaybeValue): void {
    if (value === undefined) return;
    const key = canonicalKey(value);
    if (this.known.has(key)) return;
    this.known.add(key);
    this.memory += key.length;
    super.add(value);
  }
}

/** By Welford's method, which needs no second look. */
class Deviation implements Accumulator {
  readonly memory = 64;
  private count = 0;
  private mean = 0;
  private squares = 0;
  constructor(private readonly sample: boolean) {}

  add(value: MaybeValue): void {
    if (!isNumeric(value)) return;
    const x = toNumber(value);
    this.count++;
    const delta = x - this.mean;
    this.mean += delta / this.count;
    this.squares += delta * (x - this.mean);
  }

  result(): Value {
    const n = this.sample ? this.count - 1 : this.count;
    if (n <= 0) return null;
    return double(Math.sqrt(this.squares / n));
  }
}

class MergeObjects implements Accumulator {
  private readonly fields = new Map<string, Value>();
  memory = 32;
  add(value: MaybeValue): void {
    if (isNullish(value)) return;
    if (!(value instanceof Doc))
      throw failAt(40400, `$mergeObjects requires object inputs, but input is of type ${nameOfValue(value)}`);
    for (const [name, field] of value.entries()) {
      this.memory += sizeOfValue(field) + (this.fields.has(name) ? 0 : 32 + name.length);
      this.fields.set(name, kept(field));
    }
  }
  result(): Value {
    return Doc.fromLists([...this.fields.keys()], [...this.fields.values()]);
  }
}

/** Accumulators of one expression. */
export const simpleAccumulators: Readonly<Record<string, MakeAccumulator>> = {
  $sum: () => new Sum(),
  $avg: () => new Average(),
  $min: () => new Extreme(-1),
  $max: () => new Extreme(1),
  $first: () => new First(),
  $last: () => new Last(),
  $push: () => new Push(),
  $addToSet: () => new AddToSet(),
  $stdDevPop: () => new Deviation(false),
  $stdDevSamp: () => new Deviation(true),
  $mergeObjects: () => new MergeObjects(),
};
