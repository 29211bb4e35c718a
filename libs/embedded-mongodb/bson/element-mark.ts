import { BsonType } from './bson-type.js';
import { sizeOf } from './read.js';

/** By type: the bytes of a value, where they are always as many. */
const fixed: Readonly<Record<number, number>> = {
  [BsonType.double]: 8,
  [BsonType.undefined]: 0,
  [BsonType.objectId]: 12,
  [BsonType.boolean]: 1,
  [BsonType.date]: 8,
  [BsonType.null]: 0,
  [BsonType.int32]: 4,
  [BsonType.timestamp]: 8,
  [BsonType.int64]: 8,
  [BsonType.decimal]: 16,
  [BsonType.minKey]: 0,
  [BsonType.maxKey]: 0,
};

/** By type: the bytes of a value beside those that it begins with the number of. */
const stated: Readonly<Record<number, number>> = {
  [BsonType.string]: 4,
  [BsonType.object]: 0,
  [BsonType.array]: 0,
  [BsonType.binary]: 5,
};

const word = 4;

/** How a field begins in documents: its type, its name and the 00 after it; and what came after such a field lately. */
export class ElementMark {
  readonly type: number;
  readonly length: number;
  /** The number of the field among those that are looked for, else -1. */
  field = -1;
  next: ElementMark | undefined;
  beforeNext: ElementMark | undefined;
  /** The bytes as words: the first, the last, which may overlap others, and those between. */
  private readonly head: number;
  private readonly mask: number;
  private readonly tail: number;
  private readonly tailAt: number;
  private readonly middle: Int32Array | undefined;
  private readonly fixed: number;
  private readonly stated: number;

  constructor(
    bytes: Buffer,
    readonly name: string,
  ) {
    const { length } = bytes;
    this.type = bytes[0] as number;
    this.length = length;
    this.fixed = fixed[this.type] ?? -1;
    this.stated = stated[this.type] ?? -1;
    this.mask = length < word ? (1 << (8 * length)) - 1 : -1;
    const padded = Buffer.concat([bytes, Buffer.alloc(word)]);
    this.head = padded.readInt32LE(0) & this.mask;
    this.tailAt = Math.max(0, length - word);
    this.tail = padded.readInt32LE(this.tailAt) & this.mask;
    const between = Math.ceil(length / word) - 2;
    if (between > 0)
      this.middle = Int32Array.from({ length: between }, (_, i) => padded.readInt32LE(word * (i + 1)));
  }

  /** Whether a field of this name and type begins there. */
  stands(words: DataView, at: number): boolean {
    if (at + Math.max(this.length, word) > words.byteLength) return false;
    if ((words.getInt32(at, true) & this.mask) !== this.head) return false;
    if ((words.getInt32(at + this.tailAt, true) & this.mask) !== this.tail) return false;
    if (!this.middle) return true;
    return this.standsBetween(words, at, this.middle);
  }

  private standsBetween(words: DataView, at: number, middle: Int32Array): boolean {
    for (let i = 0; i < middle.length; i++)
      if (words.getInt32(at + word * (i + 1), true) !== middle[i]) return false;
    return true;
  }

  /** The place after the value that begins there. */
  after(buffer: Buffer, words: DataView, start: number): number {
    if (this.fixed >= 0) return start + this.fixed;
    if (this.stated >= 0) return start + this.stated + words.getInt32(start, true);
    return start + sizeOf(buffer, this.type, start);
  }
}
