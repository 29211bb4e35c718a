/** A key under construction; the storage copies it when it is used, so that one serves any number of keys. */
export class KeyBytes {
  /** Room for any key that the storage takes. */
  readonly buffer = Buffer.allocUnsafe(2048);
  length = 0;

  begin(id: number): void {
    this.length = this.buffer.writeUInt32BE(id, 0);
  }

  withoutId(): Buffer {
    return Buffer.from(this.buffer.subarray(4, this.length));
  }

  append(source: Uint8Array, start: number, end: number, inverted: boolean): void {
    const mask = inverted ? 0xff : 0;
    let at = this.length;
    for (let i = start; i < end; i++) this.buffer[at++] = (source[i] as number) ^ mask;
    this.length = at;
  }

  appendUint(value: number, bytes: number): void {
    this.length = this.buffer.writeUIntBE(value, this.length, bytes);
  }

  equals(other: KeyBytes): boolean {
    if (this.length !== other.length) return false;
    for (let i = 0; i < this.length; i++) if (this.buffer[i] !== other.buffer[i]) return false;
    return true;
  }
}

/** How the storage takes such keys, and plain bytes, and gives keys back. */
export const keyBytesEncoder = {
  writeKey(key: KeyBytes | Buffer, target: Buffer, start: number): number {
    const source = key instanceof KeyBytes ? key.buffer : key;
    const { length } = key;
    // The storage takes this as a sign to make room and try again.
    if (start + length > target.length) throw new RangeError('A key goes beyond its room');
    for (let i = 0; i < length; i++) target[start + i] = source[i] as number;
    return start + length;
  },
  readKey(source: Buffer, start: number, end: number): Buffer {
    return Uint8Array.prototype.slice.call(source, start, end) as Buffer;
  },
};
