import { BsonType } from '../bson/bson-type.js';
import { Doc } from '../bson/doc.js';
import { nameAt, readValue, sizeOf } from '../bson/read.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { encodeText, encodeValue } from './encode-value.js';
import type { IndexLayout, IndexShape } from './index-layout.js';
import type { KeyBytes } from './key-bytes.js';
import { KeyWriter, longestKey } from './key-writer.js';

/** What is known of a path's encoded value; several where an array is on the way or it is too long: see keysOf. */
const Piece = { unknown: 0, missing: 1, present: 2, several: 3 } as const;

const none: Buffer = Buffer.alloc(0);

/**
 * A document as the indexes of its collection see it. Its bytes are gone through once, each value is encoded once however many
 * indexes have it, and nothing else is decoded. One instance serves one document after another.
 */
export class IndexedDocument {
  private layout: IndexLayout | undefined;
  private bytes = none;
  /** By slot; type 0 where the document has no such field. */
  private types = new Uint8Array(0);
  private starts = new Int32Array(0);
  private ends = new Int32Array(0);
  /** By path: where in the writer its encoded value stands. */
  private pieces = new Uint8Array(0);
  private pieceStarts = new Int32Array(0);
  private pieceEnds = new Int32Array(0);
  private readonly writer = new KeyWriter();

  read(layout: IndexLayout, bytes: Buffer): void {
    this.bytes = bytes;
    this.writer.length = 0;
    if (this.layout !== layout) this.allocate(layout);
    this.types.fill(0);
    this.pieces.fill(Piece.unknown);
    let missing = layout.slots.size;
    const end = bytes.readInt32LE(0) - 1;
    for (let at = 4; at < end && missing > 0;) {
      const type = bytes[at] as number;
      let nameEnd = at + 1;
      while (bytes[nameEnd] !== 0) nameEnd++;
      const slot = layout.slots.get(nameAt(bytes, at + 1, nameEnd));
      const start = nameEnd + 1;
      at = start + sizeOf(bytes, type, start);
      // Of two fields of one name the first counts, as it does for queries.
      if (slot === undefined || this.types[slot] !== 0) continue;
      this.types[slot] = type;
      this.starts[slot] = start;
      this.ends[slot] = at;
      missing--;
    }
  }

  /** Whether an index may hold the other document under other keys. */
  differs(other: IndexedDocument, shape: IndexShape): boolean {
    for (const path of shape.paths) if (!this.sameField(other, this.slotOf(path))) return true;
    return false;
  }

  /**
   * Encodes what the index holds of the document.
   * @returns false where that is not one key that can be: keysOf makes the several, or says what of all is wrong
   */
  encode(shape: IndexShape): boolean {
    let length = 0;
    for (const path of shape.paths) {
      if (this.pieces[path] === Piece.unknown) this.pieces[path] = this.encodePath(path);
      if (this.pieces[path] === Piece.several) return false;
      length += (this.pieceEnds[path] as number) - (this.pieceStarts[path] as number);
    }
    return length <= longestKey;
  }

  /** None of the fields is there. To be asked after `encode`. */
  lacks(shape: IndexShape): boolean {
    return shape.paths.every((path) => this.pieces[path] === Piece.missing);
  }

  /** To be asked after `encode`. */
  appendTo(key: KeyBytes, { paths, descending }: IndexShape): void {
    for (let i = 0; i < paths.length; i++) {
      const path = paths[i] as number;
      const [start, end] = [this.pieceStarts[path] as number, this.pieceEnds[path] as number];
      key.append(this.writer.buffer, start, end, descending[i] as boolean);
    }
  }

  /** Lets go of the document's bytes. */
  forget(): void {
    this.bytes = none;
  }

  private allocate(layout: IndexLayout): void {
    this.layout = layout;
    this.types = new Uint8Array(layout.slots.size);
    this.starts = new Int32Array(layout.slots.size);
    this.ends = new Int32Array(layout.slots.size);
    this.pieces = new Uint8Array(layout.paths.length);
    this.pieceStarts = new Int32Array(layout.paths.length);
    this.pieceEnds = new Int32Array(layout.paths.length);
  }

  private slotOf(path: number): number {
    return this.layout?.paths[path]?.slot as number;
  }

  private sameField(other: IndexedDocument, slot: number): boolean {
    if (this.types[slot] !== other.types[slot]) return false;
    if (this.types[slot] === 0) return true;
    const [start, end] = [this.starts[slot] as number, this.ends[slot] as number];
    const shift = (other.starts[slot] as number) - start;
    if ((other.ends[slot] as number) - shift !== end) return false;
    for (let i = start; i < end; i++) if (this.bytes[i] !== other.bytes[i + shift]) return false;
    return true;
  }

  private encodePath(path: number): number {
    const { writer } = this;
    const start = writer.length;
    writer.allow(longestKey);
    try {
      return this.encodeValueAt(path);
    } catch (error) {
      if (error instanceof MongoError) return Piece.several;
      throw error;
    } finally {
      this.pieceStarts[path] = start;
      this.pieceEnds[path] = writer.length;
    }
  }

  private encodeValueAt(path: number): number {
    const slot = this.slotOf(path);
    const type = this.types[slot] as number;
    const rest = this.layout?.paths[path]?.rest ?? [];
    if (type === BsonType.array) return Piece.several;
    const at = this.starts[slot] as number;
    if (type === BsonType.string && rest.length === 0 && encodeText(this.writer, this.bytes, at))
      return Piece.present;
    let value: MaybeValue = type === 0 ? undefined : readValue(this.bytes, type, at);
    for (const part of rest) {
      if (isArray(value)) return Piece.several;
      value = value instanceof Doc ? value.get(part) : undefined;
    }
    if (isArray(value)) return Piece.several;
    encodeValue(this.writer, value === undefined ? null : value);
    return value === undefined ? Piece.missing : Piece.present;
  }
}
