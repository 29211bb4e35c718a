import type { Decimal } from './decimal.js';
import type { Doc } from './doc.js';

/**
 * BSON values in memory, so that every value keeps its exact type:
 * a number is an int32 when it is a whole number of that range and a double otherwise; a double that looks like an int32 is
 * wrapped in `Double`; an int64 is a bigint. A missing field is `undefined`, which is no BSON value here.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Double
  | Decimal
  | Doc
  | readonly Value[]
  | ObjectIdValue
  | DateTime
  | Timestamp
  | Bytes
  | Pattern
  | Code
  | SymbolValue
  | DbPointer
  | Undefined
  | MinKey
  | MaxKey;

export type MaybeValue = Value | undefined;

/** A double whose value is a whole number of int32's range. */
export class Double {
  constructor(readonly value: number) {}
}

export class ObjectIdValue {
  /** @param bytes the twelve bytes as a latin1 string, which compares as the bytes do. */
  constructor(readonly bytes: string) {}
  get hex(): string {
    return Buffer.from(this.bytes, 'latin1').toString('hex');
  }
  get milliseconds(): number {
    return Buffer.from(this.bytes, 'latin1').readUInt32BE(0) * 1000;
  }
  static fromHex(hex: string): ObjectIdValue {
    return new ObjectIdValue(Buffer.from(hex, 'hex').toString('latin1'));
  }
}

/** @property ms milliseconds since the epoch; moments further than 2^53 ms from it are refused at decoding. */
export class DateTime {
  constructor(readonly ms: number) {}
}

export class Timestamp {
  /** @param value unsigned 64 bits: seconds above, increment below. */
  constructor(readonly value: bigint) {}
}

export class Bytes {
  constructor(
    readonly subtype: number,
    readonly data: Buffer,
  ) {}
}

export class Pattern {
  constructor(
    readonly source: string,
    readonly options: string,
  ) {}
}

export class Code {
  constructor(
    readonly source: string,
    readonly scope?: Doc,
  ) {}
}

export class SymbolValue {
  constructor(readonly name: string) {}
}

export class DbPointer {
  constructor(
    readonly namespace: string,
    readonly id: ObjectIdValue,
  ) {}
}

/** BSON's deprecated type 6, which old data may hold. */
export class Undefined {
  static readonly instance = new Undefined();
  private readonly bsonUndefined = true;
}

export class MinKey {
  static readonly instance = new MinKey();
  private readonly minKey = true;
}

export class MaxKey {
  static readonly instance = new MaxKey();
  private readonly maxKey = true;
}

export const isInt32 = (n: number): boolean => (n | 0) === n && !Object.is(n, -0);

/** A double, whatever its value looks like. */
export const double = (n: number): Value => (isInt32(n) ? new Double(n) : n);

const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;
export const fitsLong = (n: bigint): boolean => n >= minLong && n <= maxLong;
