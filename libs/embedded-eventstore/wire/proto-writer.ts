/** Bytes that a varint of this value takes; numbers up to 2^53, larger ones as bigint. */
export function varintSize(value: number | bigint): number {
  if (typeof value === 'bigint') return Math.ceil(Math.max(value.toString(2).length, 1) / 7);
  let size = 1;
  while (value >= 128) {
    value = Math.floor(value / 128);
    size++;
  }
  return size;
}

/** Writes protobuf fields into memory of a size computed before. Field numbers are below 16, so that a tag is one byte. */
export class ProtoWriter {
  constructor(
    readonly bytes: Buffer,
    public position = 0,
  ) {}

  varint(value: number | bigint): void {
    if (typeof value === 'bigint') {
      for (; value >= 128n; value >>= 7n) this.bytes[this.position++] = Number(value & 0x7fn) | 0x80;
      this.bytes[this.position++] = Number(value);
      return;
    }
    while (value >= 128) {
      this.bytes[this.position++] = (value % 128) + 128;
      value = Math.floor(value / 128);
    }
    this.bytes[this.position++] = value;
  }

  varintField(field: number, value: number | bigint): void {
    this.bytes[this.position++] = field * 8;
    this.varint(value);
  }

  /** The head of a length-delimited field; its content follows. */
  open(field: number, length: number): void {
    this.bytes[this.position++] = field * 8 + 2;
    this.varint(length);
  }

  raw(content: Uint8Array): void {
    this.bytes.set(content, this.position);
    this.position += content.length;
  }

  bytesField(field: number, content: Uint8Array): void {
    this.open(field, content.length);
    this.raw(content);
  }

  asciiField(field: number, text: string): void {
    this.open(field, text.length);
    this.bytes.write(text, this.position, 'latin1');
    this.position += text.length;
  }
}

/** Size of a length-delimited field with content of this length. */
export const fieldSize = (length: number): number => 1 + varintSize(length) + length;

export const varintFieldSize = (value: number | bigint): number => 1 + varintSize(value);
