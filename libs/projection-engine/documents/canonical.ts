import { ObjectShapes } from './object-shapes.js';

const comma = 0x2c;
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const [quote, backslash, space, tilde] = [0x22, 0x5c, 0x20, 0x7e];
/** Of UTF-8 for a unit of UTF-16. */
const mostBytes = 3;

/**
 * The text that a document's hash is taken of: keys in order, absent and undefined alike, dates told apart from the
 * text they look like. Independent of the order in which a server returns fields.
 *
 * Written as UTF-8 into one buffer that is used again for every document: as strings, the pieces of a document were a
 * fifth of what a catch-up left to be collected.
 */
export class CanonicalText {
  private readonly shapes = new ObjectShapes();
  private bytes = Buffer.allocUnsafe(16 * 1024);
  private length = 0;

  /**
   * @returns UTF-8 that stands until the next call
   * @throws TypeError for what no document can hold
   */
  of(value: unknown): Uint8Array {
    this.length = 0;
    this.value(value);
    return this.bytes.subarray(0, this.length);
  }

  private value(value: unknown): void {
    if (typeof value === 'string') this.string(value);
    else if (typeof value === 'object' && value !== null) this.composed(value);
    else this.verbatim(simple(value));
  }

  private composed(value: object): void {
    if (Array.isArray(value)) this.list(value);
    else if (value instanceof Date) this.verbatim(`{"$date":"${value.toISOString()}"}`);
    else this.object(value as Record<string, unknown>);
  }

  private list(values: readonly unknown[]): void {
    this.mark(openList);
    for (let at = 0; at < values.length; at++) {
      if (at > 0) this.mark(comma);
      this.value(values[at]);
    }
    this.mark(closeList);
  }

  private object(object: Record<string, unknown>): void {
    this.mark(openObject);
    let isFirst = true;
    for (const { key, label } of this.shapes.of(object)) {
      const value = object[key];
      if (value === undefined) continue;
      if (!isFirst) this.mark(comma);
      isFirst = false;
      this.verbatim(label);
      this.value(value);
    }
    this.mark(closeObject);
  }

  private mark(byte: number): void {
    this.makeRoom(1);
    this.bytes[this.length++] = byte;
  }

  /** As JSON; nearly all strings hold nothing that JSON would escape or UTF-8 would take several bytes for. */
  private string(text: string): void {
    this.makeRoom(text.length + 2);
    const { bytes } = this;
    let end = this.length;
    bytes[end++] = quote;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit < space || unit > tilde || unit === quote || unit === backslash) {
        this.verbatim(JSON.stringify(text));
        return;
      }
      bytes[end++] = unit;
    }
    bytes[end++] = quote;
    this.length = end;
  }

  private verbatim(text: string): void {
    this.makeRoom(text.length * mostBytes);
    const { bytes } = this;
    let end = this.length;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > tilde) {
        this.length += bytes.write(text, this.length, 'utf8');
        return;
      }
      bytes[end++] = unit;
    }
    this.length = end;
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.length + bytes));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

function simple(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"number:${value}"`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  throw new TypeError(`A read model's document cannot hold a ${typeof value}.`);
}
