import { fail } from '../errors.js';

/** Longest key that the storage takes, less what stands around the encoded values. */
export const longestKey = 1900;

/** Bytes of one key under construction. One instance is reused; take its bytes before the next key begins. */
export class KeyWriter {
  buffer: Buffer;
  length = 0;

  constructor(private limit = longestKey) {
    this.buffer = Buffer.allocUnsafe(Math.min(limit, longestKey) + 64);
  }

  /** What is written from here on may take so many bytes. */
  allow(bytes: number): void {
    this.limit = this.length + bytes;
  }

  byte(value: number): void {
    this.claim(1);
    this.buffer[this.length++] = value;
  }

  double(value: number): void {
    this.claim(8);
    this.length = this.buffer.writeDoubleBE(value, this.length);
  }

  uint32(value: number): void {
    this.claim(4);
    this.length = this.buffer.writeUInt32BE(value, this.length);
  }

  uint64(value: bigint): void {
    this.claim(8);
    this.length = this.buffer.writeBigUInt64BE(value, this.length);
  }

  /** A whole number of 53 bits and its sign, in the order of 64 bits without a sign. */
  integer(value: number): void {
    this.claim(8);
    const high = Math.floor(value / 4294967296);
    this.length = this.buffer.writeUInt32BE((high ^ 0x80000000) >>> 0, this.length);
    this.length = this.buffer.writeUInt32BE(value - high * 4294967296, this.length);
  }

  latin1(text: string): void {
    this.claim(text.length);
    this.length += this.buffer.write(text, this.length, 'latin1');
  }

  bytes(data: Buffer): void {
    this.claim(data.length);
    data.copy(this.buffer, this.length);
    this.length += data.length;
  }

  /**
   * UTF-8 ended by 00, with 00 and 01 inside as 01 01 and 01 02: no text's bytes begin another's, and their order is the text's,
   * also when they are inverted for a descending field.
   */
  text(text: string): void {
    if (text.length > this.limit) throw refuseLength();
    const start = this.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 2 || code > 127) {
        this.length = start;
        this.wideText(text);
        return;
      }
      this.byte(code);
    }
    this.byte(0);
  }

  /** A text that stands in the buffer; false where it is more than ASCII, or has what must be escaped. */
  ascii(source: Buffer, start: number, end: number): boolean {
    this.claim(end - start + 1);
    let at = this.length;
    for (let i = start; i < end; i++) {
      const code = source[i] as number;
      if (code < 2 || code > 127) return false;
      this.buffer[at++] = code;
    }
    this.buffer[at++] = 0;
    this.length = at;
    return true;
  }

  private wideText(text: string): void {
    for (const byte of Buffer.from(text, 'utf8')) {
      if (byte < 2) this.byte(1);
      this.byte(byte < 2 ? byte + 1 : byte);
    }
    this.byte(0);
  }

  invertFrom(start: number): void {
    for (let i = start; i < this.length; i++) this.buffer[i] = ~(this.buffer[i] as number) & 0xff;
  }

  /** A view that the next key overwrites. */
  written(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  copy(): Buffer {
    const bytes = Buffer.allocUnsafe(this.length);
    this.buffer.copy(bytes, 0, 0, this.length);
    return bytes;
  }

  /** The bytes as a string of latin1, which compares as they do. */
  asText(): string {
    return this.buffer.toString('latin1', 0, this.length);
  }

  private claim(bytes: number): void {
    const needed = this.length + bytes;
    if (needed > this.limit) throw refuseLength();
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}

const refuseLength = () =>
  fail('KeyTooLong', `An index entry must not be longer than ${longestKey} bytes in this server`);
