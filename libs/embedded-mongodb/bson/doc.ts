import { readDocument, findElement } from './read.js';
import type { MaybeValue, Value } from './values.js';

/**
 * A document with its fields in order, unchangeable. Read from bytes it keeps them and decodes when it is first looked at: what
 * nobody touches is copied as it came, which is both fast and exact.
 */
export class Doc {
  private names: readonly string[] | undefined;
  private fields: readonly Value[] | undefined;

  private constructor(
    private readonly buffer: Buffer | undefined,
    private readonly start: number,
    names?: readonly string[],
    fields?: readonly Value[],
  ) {
    this.names = names;
    this.fields = fields;
  }

  static readonly empty = new Doc(undefined, 0, [], []);

  /** @param start where the document's length prefix stands. The bytes must be valid (see validateDocument) and not change. */
  static fromBytes(buffer: Buffer, start = 0): Doc {
    return new Doc(buffer, start);
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
    return this.buffer.subarray(this.start, this.start + this.buffer.readInt32LE(this.start));
  }

  get(name: string): MaybeValue {
    if (this.names) {
      const at = this.names.indexOf(name);
      return at < 0 ? undefined : (this.fields as readonly Value[])[at];
    }
    return findElement(this.buffer as Buffer, this.start, name);
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
    readDocument(this.buffer as Buffer, this.start, names, fields);
    this.names = names;
    this.fields = fields;
    return names;
  }
}
