import { readString } from './read.js';

const slots = 256;
const longest = 16;

/**
 * Short texts that return from document to document, as states and names of teams do, are made once. Compared are the bytes,
 * in words from the end, of which the first may take in some of the length before it.
 */
export class TextTable {
  private readonly texts = new Array<string>(slots).fill('');
  /** Of each text its length and four words. */
  private readonly known = new Int32Array(slots * 5);
  private inVain = 0;

  /** @param start where a BSON text begins with its length */
  read(buffer: Buffer, words: DataView, start: number): string {
    const length = words.getInt32(start, true) - 1;
    if (length > longest || length === 0 || this.inVain > 4 * slots) return readString(buffer, start);
    const end = start + 4 + length;
    const a = words.getInt32(end - 4, true);
    const b = length > 4 ? words.getInt32(end - 8, true) : 0;
    const c = length > 8 ? words.getInt32(end - 12, true) : 0;
    const d = length > 12 ? words.getInt32(end - 16, true) : 0;
    const mixed = Math.imul(Math.imul(Math.imul(a ^ length, 31) ^ b, 31) ^ c, 31) ^ d;
    const slot = Math.imul(mixed, 0x9e3779b1) >>> 24;
    const { known } = this;
    const at = slot * 5;
    if (
      known[at] === length &&
      known[at + 1] === a &&
      known[at + 2] === b &&
      known[at + 3] === c &&
      known[at + 4] === d
    ) {
      if (this.inVain > 0) this.inVain--;
      return this.texts[slot] as string;
    }
    // Texts that are all different are not worth the looking up.
    this.inVain++;
    known[at] = length;
    known[at + 1] = a;
    known[at + 2] = b;
    known[at + 3] = c;
    known[at + 4] = d;
    const text = readString(buffer, start);
    this.texts[slot] = text;
    return text;
  }
}
