import type { Decimal } from './decimal.js';

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

/** A value whose type is known to be code. */
export function codeOf(value: Value): Code {
  if (value instanceof Code) return value;
  throw new TypeError('Not a value of type code');
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

/** Reading makes documents, so documents are given their reader (bson/read.ts) instead of importing it. */
export interface DocumentReader {
  readDocument(buffer: Buffer, start: number, names: string[], values: Value[]): void;
  findElement(buffer: Buffer, start: number, name: string): MaybeValue;
}

/** Finds fields of one document by what it knows of others (bson/outline.ts). */
export interface FieldReader {
  get(name: string): MaybeValue;
}

let reader: DocumentReader;

export function readDocumentsWith(documentReader: DocumentReader): void {
  reader = documentReader;
}

/**
 * A document with its fields in order, unchangeable. Read from bytes it keeps them and decodes when it is first looked at: what
 * nobody touches is copied as it came, which is both fast and exact.
 */
export class Doc {
  private names: readonly string[] | undefined;
  private fields: readonly Value[] | undefined;
  private encoded: Buffer | undefined;

  private constructor(
    private readonly buffer: Buffer | undefined,
    private readonly start: number,
    names?: readonly string[],
    fields?: readonly Value[],
    private readonly outline?: FieldReader,
  ) {
    this.names = names;
    this.fields = fields;
  }

  static readonly empty = new Doc(undefined, 0, [], []);

  /** @param start where the document's length prefix stands. The bytes must be valid (see validateDocument) and not change. */
  static fromBytes(buffer: Buffer, start = 0, outline?: FieldReader): Doc {
    return new Doc(buffer, start, undefined, undefined, outline);
  }

  static of(fields: Readonly<Record<string, MaybeValue>>): Doc {
    const names: string[] = [];
    const values: Value[] = [];
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      names.push(name);
      values.push(value);
    }
    return new Doc(undefined, 0, names, values);
  }

  static fromLists(names: readonly string[], values: readonly Value[]): Doc {
    return new Doc(undefined, 0, names, values);
  }

  /** The encoded form where the document has one. */
  get bytes(): Buffer | undefined {
    if (!this.buffer) return undefined;
    const { buffer, start } = this;
    const end = start + buffer.readInt32LE(start);
    // A place that the storage reads into tells a false length, but not a false byteLength.
    return (this.encoded ??= start === 0 && end === buffer.byteLength ? buffer : buffer.subarray(start, end));
  }

  get(name: string): MaybeValue {
    if (this.names) {
      const at = this.names.indexOf(name);
      return at < 0 ? undefined : (this.fields as readonly Value[])[at];
    }
    if (this.outline) return this.outline.get(name);
    return reader.findElement(this.buffer as Buffer, this.start, name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get keys(): readonly string[] {
    return this.names ?? this.decode();
  }

  get values(): readonly Value[] {
    if (!this.fields) this.decode();
    return this.fields as readonly Value[];
  }

  get size(): number {
    return this.keys.length;
  }

  *entries(): Generator<[string, Value]> {
    const { keys, values } = this;
    for (let i = 0; i < keys.length; i++) yield [keys[i] as string, values[i] as Value];
  }

  /** The same document with the field replaced where it stands, or appended; undefined removes it. */
  with(name: string, value: MaybeValue): Doc {
    const at = this.keys.indexOf(name);
    if (value === undefined) {
      if (at < 0) return this;
      return new Doc(undefined, 0, this.keys.toSpliced(at, 1), this.values.toSpliced(at, 1));
    }
    if (at < 0) return new Doc(undefined, 0, [...this.keys, name], [...this.values, value]);
    return new Doc(undefined, 0, this.keys, this.values.with(at, value));
  }

  private decode(): readonly string[] {
    const names: string[] = [];
    const fields: Value[] = [];
    reader.readDocument(this.buffer as Buffer, this.start, names, fields);
    this.names = names;
    this.fields = fields;
    return names;
  }
}
