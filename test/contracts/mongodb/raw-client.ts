import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

/** A client that can say what no driver says. */
export class RawClient {
  private received = Buffer.alloc(0);
  closed = false;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      socket.emit('received');
    });
    socket.on('close', () => {
      this.closed = true;
      socket.emit('received');
    });
    socket.on('error', () => undefined);
  }

  static async connect(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url.replace(/^mongodb:/, 'http:'));
    const socket = connect(Number(port || 27017), hostname);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** The next answer; undefined when the server closed the connection instead. */
  async answer(): Promise<Document | undefined> {
    while (!this.closed) {
      if (this.received.length >= 4 && this.received.length >= this.received.readInt32LE(0)) {
        const length = this.received.readInt32LE(0);
        const message = this.received.subarray(0, length);
        this.received = this.received.subarray(length);
        return BSON.deserialize(message.subarray(message.readInt32LE(12) === 1 ? 36 : 21));
      }
      await once(this.socket, 'received');
    }
    return undefined;
  }

  async ended(): Promise<void> {
    while (!this.closed) await once(this.socket, 'received');
  }

  close(): void {
    this.socket.destroy();
  }
}

export function header(length: number, opCode: number, requestId = 7): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(requestId, 4);
  bytes.writeInt32LE(opCode, 12);
  return bytes;
}

export function message(sections: readonly Buffer[], flags = 0): Buffer {
  const flagBytes = Buffer.alloc(4);
  flagBytes.writeUInt32LE(flags);
  const body = Buffer.concat([flagBytes, ...sections]);
  return Buffer.concat([header(16 + body.length, 2013), body]);
}

export const bodySection = (document: Document): Buffer =>
  Buffer.concat([Buffer.from([0]), BSON.serialize(document)]);

export function sequenceSection(name: string, documents: readonly Document[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((doc) => Buffer.from(BSON.serialize(doc))),
  ]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4);
  return Buffer.concat([Buffer.from([1]), size, content]);
}

export function legacyQuery(namespace: string, document: Document): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeInt32LE(-1, 4);
  const body = Buffer.concat([
    Buffer.alloc(4),
    Buffer.from(`${namespace}\0`),
    numbers,
    BSON.serialize(document),
  ]);
  return Buffer.concat([header(16 + body.length, 2004), body]);
}
