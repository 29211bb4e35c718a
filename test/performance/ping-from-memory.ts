import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { BSON, type Document } from 'mongodb';

/** A server that says hello and answers all else with the same bytes: what the driver takes by itself. @returns how to end it */
export async function serverFromMemory(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), ['answer'], { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return { url: `mongodb://127.0.0.1:${port}/?directConnection=true`, stop: () => child.kill() };
}

const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;

function answerTo(responseTo: number, document: Document, opCode: number): Buffer {
  const body = BSON.serialize(document);
  const fields = Buffer.alloc(opCode === opReply ? 20 : 5);
  if (opCode === opReply) fields.writeInt32LE(1, 16);
  const head = Buffer.alloc(16);
  head.writeInt32LE(head.length + fields.length + body.length, 0);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, fields, body]);
}

const hello = {
  ok: 1,
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
};

function serve(socket: Socket): void {
  let held: Buffer = Buffer.alloc(0);
  const template = answerTo(0, { ok: 1 }, opMessage);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    const answers: Buffer[] = [];
    while (held.length >= 16 && held.length >= held.readInt32LE(0)) {
      const message = held.subarray(0, held.readInt32LE(0));
      held = held.subarray(message.length);
      const id = message.readInt32LE(4);
      if (message.readInt32LE(12) === opQuery) answers.push(answerTo(id, hello, opReply));
      else if (message.includes('hello\0', 20)) answers.push(answerTo(id, hello, opMessage));
      else {
        const answer = Buffer.from(template);
        answer.writeInt32LE(id, 8);
        answers.push(answer);
      }
    }
    if (answers.length > 0)
      socket.write(answers.length === 1 ? (answers[0] as Buffer) : Buffer.concat(answers));
  });
}

if (process.argv[2] === 'answer') {
  const server = createServer(serve);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
}
