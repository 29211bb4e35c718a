import { BsonType } from './bson-type.js';
import { ElementMark } from './element-mark.js';
import { findElement, nameAt, readValue } from './read.js';
import { TextTable } from './text-table.js';
import { Doc, type FieldReader, type MaybeValue } from './values.js';

const mostMarks = 256;
const longestMark = 64;
const mostFields = 32;
const noBytes: Buffer = Buffer.alloc(0);

/**
 * Where fields stand in documents that are looked at one after another. It learns which fields are asked for, and finds those on
 * one walk over each document that goes no further than it must. Documents of one collection are much alike: which field
 * follows is guessed from the last ones and compared, not looked up.
 */
export class Outline implements FieldReader {
  private readonly wanted: string[] = [];
  private readonly marks = new Map<string, ElementMark>();
  /** Stands for the beginning of a document. */
  private readonly first = new ElementMark(Buffer.alloc(1), '');
  private readonly types = new Uint8Array(mostFields);
  private readonly starts = new Int32Array(mostFields);
  /** By field: in which document it was found, and in which it was asked for the first time. */
  private readonly found = new Float64Array(mostFields);
  private readonly learned = new Float64Array(mostFields);
  private turn = 0;
  private buffer = noBytes;
  private words = new DataView(noBytes.buffer);
  private at = 0;
  private end = 0;
  private last = this.first;
  private texts: TextTable | undefined;

  /** The document as a view: it is to be let go of before the next one. */
  view(buffer: Buffer): Doc {
    if (buffer !== this.buffer) {
      this.buffer = buffer;
      this.words = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    this.turn++;
    this.at = 4;
    this.end = this.words.getInt32(0, true) - 1;
    this.last = this.first;
    return Doc.fromBytes(buffer, 0, this);
  }

  get(name: string): MaybeValue {
    const { wanted, turn } = this;
    let field = 0;
    while (field < wanted.length && wanted[field] !== name) field++;
    if (field === wanted.length) return this.learn(name);
    // The walk may have passed it already when it was first asked for.
    if (this.learned[field] === turn) return findElement(this.buffer, 0, name);
    if (this.found[field] !== turn && !this.walkTo(field)) return undefined;
    const type = this.types[field] as number;
    const start = this.starts[field] as number;
    if (type === BsonType.string)
      return (this.texts ??= new TextTable()).read(this.buffer, this.words, start);
    return type === BsonType.int32 ? this.words.getInt32(start, true) : readValue(this.buffer, type, start);
  }

  private learn(name: string): MaybeValue {
    if (this.wanted.length < mostFields) {
      const field = this.wanted.push(name) - 1;
      this.learned[field] = this.turn;
      for (const mark of this.marks.values()) if (mark.name === name) mark.field = field;
    }
    return findElement(this.buffer, 0, name);
  }

  private walkTo(field: number): boolean {
    const { buffer, words, end, turn } = this;
    let { at, last } = this;
    while (at < end) {
      const mark = this.follower(last, at);
      const start = at + mark.length;
      at = mark.after(buffer, words, start);
      last = mark;
      const found = mark.field;
      // Of two fields of one name the first counts.
      if (found < 0 || this.found[found] === turn) continue;
      this.types[found] = mark.type;
      this.starts[found] = start;
      this.found[found] = turn;
      if (found === field) break;
    }
    this.at = at;
    this.last = last;
    return this.found[field] === turn;
  }

  private follower(last: ElementMark, at: number): ElementMark {
    const { next, beforeNext } = last;
    if (next?.stands(this.words, at)) return next;
    if (beforeNext?.stands(this.words, at)) {
      last.beforeNext = next;
      last.next = beforeNext;
      return beforeNext;
    }
    return this.lookUp(last, at);
  }

  private lookUp(last: ElementMark, at: number): ElementMark {
    const { buffer, marks } = this;
    let end = at + 1;
    while (buffer[end] !== 0) end++;
    const key = buffer.toString('latin1', at, end);
    let mark = marks.get(key);
    if (!mark) {
      const name = nameAt(buffer, at + 1, end);
      mark = new ElementMark(Buffer.from(buffer.subarray(at, end + 1)), name);
      mark.field = this.wanted.indexOf(name);
      // Documents without end of ever new names would fill the memory.
      if (marks.size >= mostMarks || key.length > longestMark) return mark;
      marks.set(key, mark);
    }
    last.beforeNext = last.next;
    last.next = mark;
    return mark;
  }
}
