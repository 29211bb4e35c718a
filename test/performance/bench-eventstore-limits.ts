import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { credentials, Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import { open } from 'lmdb';
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  encodeStoredEvent,
  frameHeaderSize,
  frameOffset,
} from '#libs/embedded-eventstore/wire/stored-event.js';
import { maxMessageSize } from '#libs/embedded-eventstore/service/append-limits.js';
import { addServices, type ServiceParts } from '#libs/embedded-eventstore/service/services.js';
import type { Append, AppendAnswer, GroupCommit } from '#libs/embedded-eventstore/storage/group-commit.js';
import { eventSize } from './eventstore-load.js';

/** Puts per second into one table of lmdb, a given number per commit, each commit flushed as the event store flushes it. */
export async function bareCommits(putsPerCommit: number, milliseconds: number): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-lmdb-'));
  const root = open<Buffer, number>({
    path: join(dir, 'bare.mdb'),
    noSubdir: true,
    overlappingSync: false,
    eventTurnBatching: false,
    encoding: 'binary',
  });
  const value = Buffer.alloc(eventSize + 200, 7);
  let key = 0;
  const started = performance.now();
  while (performance.now() - started < milliseconds) {
    await root.batch(() => {
      for (let n = 0; n < putsPerCommit; n++) void root.put(key++, value);
    });
  }
  const rate = (1000 * key) / (performance.now() - started);
  await root.close();
  await rm(dir, { recursive: true, force: true });
  return rate;
}

/** The engine's own front on a log that stores nothing: what the client and grpc-js take, without a disk. @returns how to end it */
export async function serverWithoutLog(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), ['answer'], { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return { url: `esdb://127.0.0.1:${port}?tls=false`, stop: () => child.kill() };
}

function answerOnly(): void {
  const server = new Server({ 'grpc.max_receive_message_length': maxMessageSize });
  const commits = {
    append: ({ events }: Append, answer: (answer: AppendAnswer) => void) => {
      answer({ kind: 'appended', lastRevision: events.length - 1, position: events.length });
    },
  } as unknown as GroupCommit;
  let port = 0;
  const parts = { commits, instanceId: randomUUID(), host: '127.0.0.1', port: () => port };
  addServices(server, parts as unknown as ServiceParts);
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) => {
    port = bound;
    process.send?.(port);
  });
}

/** Messages per second that a grpc-js server in another process streams to the client's own classes, from memory. */
export async function bareStream(count: number): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), ['serve', String(count)], { execArgv: [] });
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message) => {
      resolve(message as number);
    }),
  );
  const client = new streamsGrpc.StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const started = performance.now();
  let received = 0;
  for await (const response of client.read(new streams.ReadReq())) {
    if ((response as InstanceType<typeof streams.ReadResp>).hasEvent()) received++;
  }
  const rate = (1000 * received) / (performance.now() - started);
  client.close();
  child.kill();
  return rate;
}

/** One message per write, as grpc-js is meant to be used. */
function serve(count: number): void {
  const event = {
    id: '11111111-1111-4111-8111-111111111111',
    type: Buffer.from('Measured'),
    contentType: Buffer.from('application/json'),
    metadata: Buffer.from('{"actor":"bench"}'),
    data: Buffer.from(JSON.stringify({ n: 1, pad: 'x'.repeat(eventSize) })),
  };
  const place = {
    stream: Buffer.from('complaint-1'),
    revision: 1,
    position: 1,
    created: '17638272000000000',
  };
  const stored = encodeStoredEvent(event, place);
  const message = stored.subarray(frameOffset(stored) + frameHeaderSize);
  const server = new Server();
  const service = {
    read: { ...streamsGrpc.StreamsService.read, responseSerialize: (bytes: Buffer) => bytes },
  };
  const stream = async (call: ServerWritableStream<unknown, Buffer>) => {
    for (let n = 0; n < count; n++) {
      if (!call.write(message)) await new Promise((resolve) => call.once('drain', resolve));
    }
    call.end();
  };
  server.addService(service, {
    read: (call: ServerWritableStream<unknown, Buffer>) => void stream(call),
  });
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, port) => process.send?.(port));
}

if (process.argv[2] === 'serve') serve(Number(process.argv[3]));
if (process.argv[2] === 'answer') answerOnly();
