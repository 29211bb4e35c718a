import { headerBytes, largestMessage, ProtocolError } from './message.js';

/** Cuts what arrives into messages. Holds no more than has really arrived, whatever a header claims. */
export class Frames {
  private chunks: Buffer[] = [];
  private length = 0;
  private wanted: number | undefined;

  /** Whether a message has begun and not ended. */
  get unfinished(): boolean {
    return this.length > 0;
  }

  /** @throws ProtocolError for a length that no message has */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.length += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      this.wanted ??= this.readLength();
      if (this.wanted === undefined || this.length < this.wanted) return messages;
      messages.push(this.take(this.wanted));
      this.wanted = undefined;
    }
  }

  private readLength(): number | undefined {
    if (this.length < headerBytes) return undefined;
    const head = this.joined();
    const length = head.readInt32LE(0);
    if (length < headerBytes || length > largestMessage)
      throw new ProtocolError(`No message is ${length} bytes long`);
    return length;
  }

  private take(bytes: number): Buffer {
    const all = this.joined();
    const rest = all.subarray(bytes);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    return all.subarray(0, bytes);
  }

  private joined(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks, this.length)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }
}
