import { frameHeaderSize } from './stored-event.js';

/** A frame announces more than a message may have. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError';
}

/** Cuts what arrives of a gRPC call into its messages. Holds no more than has really arrived, whatever a header claims. */
export class GrpcFrames {
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** Bytes that must be there before there is something to cut. */
  private wanted = frameHeaderSize;

  constructor(private readonly largest: number) {}

  /** Messages are slices of what arrived, where one came in one piece. */
  push(chunk: Buffer, take: (message: Buffer) => void): void {
    this.heldBytes += chunk.length;
    if (this.heldBytes < this.wanted) {
      this.held.push(chunk);
      return;
    }
    let bytes = chunk;
    if (this.held.length > 0) {
      bytes = Buffer.concat([...this.held, chunk], this.heldBytes);
      this.held = [];
    }
    let at = 0;
    for (;;) {
      const left = bytes.length - at;
      this.wanted = frameHeaderSize;
      if (left >= frameHeaderSize) this.wanted += this.lengthAt(bytes, at);
      if (left < this.wanted) break;
      take(bytes.subarray(at + frameHeaderSize, at + this.wanted));
      at += this.wanted;
    }
    this.heldBytes = bytes.length - at;
    if (this.heldBytes > 0) this.held.push(bytes.subarray(at));
  }

  private lengthAt(bytes: Buffer, at: number): number {
    const length = bytes.readUInt32BE(at + 1);
    if (length > this.largest)
      throw new MessageTooLargeError(`Received message larger than max (${length} vs ${this.largest})`);
    return length;
  }
}
