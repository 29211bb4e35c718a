/** Thrown for bytes that are no protobuf message of the expected shape. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}

const varint = 0;
const fixed64 = 1;
const lengthDelimited = 2;
const fixed32 = 5;

/**
 * Walks over the fields of one protobuf message in place. The generated classes copy every byte field at least once (and JSON
 * payloads are most of what passes here), so the hot messages are read with this and their bytes handed on as they came.
 */
export class ProtoReader {
  private position = 0;
  private wireType = varint;

  constructor(private readonly bytes: Buffer) {}

  /** The number of the next field, or 0 at the end. Each field must then be taken by one of the methods below. */
  next(): number {
    if (this.position >= this.bytes.length) return 0;
    const tag = this.readVarint();
    this.wireType = tag % 8;
    const field = Math.floor(tag / 8);
    if (field === 0) throw new MalformedMessageError('field number 0');
    return field;
  }

  /** A slice of the message's own memory. */
  take(): Buffer {
    if (this.wireType !== lengthDelimited)
      throw new MalformedMessageError('expected a length-delimited field');
    const length = this.readVarint();
    const end = this.position + length;
    if (end > this.bytes.length) throw new MalformedMessageError('a field is longer than its message');
    const slice = this.bytes.subarray(this.position, end);
    this.position = end;
    return slice;
  }

  text(): string {
    return this.take().toString('utf8');
  }

  message(): ProtoReader {
    return new ProtoReader(this.take());
  }

  /** Above 2^53 only approximately right: no position or revision gets there, "the largest there is" stays enormous. */
  number(): number {
    if (this.wireType !== varint) throw new MalformedMessageError('expected a varint');
    return this.readVarint();
  }

  /** Exact: as a bigint where a number would not be. */
  uint64(): number | bigint {
    const at = this.position;
    const value = this.number();
    if (Number.isSafeInteger(value)) return value;
    this.position = at;
    return BigInt.asUintN(64, this.int64());
  }

  /** Two's complement, as int64 is sent. */
  int64(): bigint {
    if (this.wireType !== varint) throw new MalformedMessageError('expected a varint');
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new MalformedMessageError('a varint is too long');
  }

  skip(): void {
    switch (this.wireType) {
      case varint:
        this.readVarint();
        break;
      case fixed64:
        this.position += 8;
        break;
      case lengthDelimited:
        this.take();
        break;
      case fixed32:
        this.position += 4;
        break;
      default:
        throw new MalformedMessageError(`wire type ${this.wireType}`);
    }
    if (this.position > this.bytes.length)
      throw new MalformedMessageError('a field is longer than its message');
  }

  private readVarint(): number {
    let value = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new MalformedMessageError('a varint is too long');
  }

  private byte(): number {
    const byte = this.bytes[this.position++];
    if (byte === undefined) throw new MalformedMessageError('the message ends within a field');
    return byte;
  }
}
