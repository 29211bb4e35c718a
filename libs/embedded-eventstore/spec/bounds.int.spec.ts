import { END, EventStoreDBClient, jsonEvent, START, type AllStreamSubscription } from '@eventstore/db-client';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectHttp2, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { connect, type Socket } from 'node:net';
import type { StartedEngine } from '#libs/engine-host/index.js';
import { fill, newFolder, removeFolder, start } from './engine-under-test.js';

let dir: string;
let engine: StartedEngine;
let client: EventStoreDBClient;
beforeAll(async () => {
  dir = await newFolder();
  engine = await start(dir);
  client = EventStoreDBClient.connectionString(engine.url);
  await fill(client, 20_000, 1000);
});
afterAll(async () => {
  await client.dispose();
  await engine.stop();
  await removeFolder(dir);
});

/** Memory of the engine's own process that no file backs, in megabytes: mapped pages of the log are the kernel's to drop. */
async function anonymousMemory(): Promise<number> {
  const status = await readFile(`/proc/${engine.pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

const onLinux = process.platform === 'linux' ? it : it.skip;
const one = () => jsonEvent({ type: 'One', data: { at: 1 } });

async function count(subscription: AllStreamSubscription, wanted: number): Promise<number> {
  let events = 0;
  for await (const _ of subscription) if (++events === wanted) break;
  return events;
}

const stalled = () => {
  const subscription = client.subscribeToAll({ fromPosition: START }, { highWaterMark: 1 });
  subscription.on('error', () => undefined);
  subscription.pause();
  return subscription;
};

describe('the event store among readers of every kind', () => {
  onLinux('holds no more for subscribers who do not read than for those who do', async () => {
    const slow = Array.from({ length: 50 }, stalled);
    await count(client.subscribeToAll({ fromPosition: START }), 20_000);
    const before = await anonymousMemory();
    await fill(client, 10_000, 1000);
    expect(await count(client.subscribeToAll({ fromPosition: START }), 30_000)).toBe(30_000);
    // 50 queues of these 10,000 events would be 500 MB.
    expect((await anonymousMemory()) - before).toBeLessThan(120);
    await Promise.all(slow.map((subscription) => subscription.unsubscribe()));
  });

  onLinux('forgets subscribers who went away', async () => {
    const leaving = EventStoreDBClient.connectionString(engine.url);
    const before = await anonymousMemory();
    for (let round = 0; round < 3; round++) {
      const subscriptions = Array.from({ length: 100 }, () => leaving.subscribeToAll({ fromPosition: END }));
      for (const subscription of subscriptions) subscription.resume();
      await Promise.all(subscriptions.map((subscription) => once(subscription, 'caughtUp')));
      await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
      await client.appendToStream('after-they-left', one());
    }
    expect((await anonymousMemory()) - before).toBeLessThan(80);
    await leaving.dispose();
  });
});

describe('the event store among strangers on its socket', () => {
  const stranger = async (): Promise<Socket> => {
    const socket = connect(engine.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const stillServes = async () => {
    const { nextExpectedRevision } = await client.appendToStream(`served-${Math.random()}`, one());
    expect(nextExpectedRevision).toBe(0n);
  };
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

  it.each([
    ['garbage', Buffer.alloc(100_000, 0x9b)],
    ['HTTP/1.1', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    [
      'a frame longer than any may be',
      Buffer.concat([Buffer.from(preface), Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])]),
    ],
    ['half a preface, then silence', Buffer.from(preface.slice(0, 10))],
  ])('survives %s', async (_name, bytes) => {
    const socket = await stranger();
    socket.write(bytes);
    await stillServes();
    socket.destroy();
  });

  it('serves beside 500 idle connections', async () => {
    const idle = await Promise.all(Array.from({ length: 500 }, stranger));
    await stillServes();
    for (const socket of idle) socket.destroy();
  });

  /** A call whose first message announces so many bytes, of which ten come. */
  const halfMessage = (session: ClientHttp2Session, announced: number): ClientHttp2Stream => {
    const call = session.request({
      ':method': 'POST',
      ':path': '/event_store.client.streams.Streams/BatchAppend',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const bytes = Buffer.alloc(15);
    bytes.writeUInt32BE(announced, 1);
    call.on('error', () => undefined);
    call.write(bytes);
    return call;
  };

  onLinux('waits for the rest of 200 messages of 16 MiB without memory for them', async () => {
    const before = await anonymousMemory();
    const session = connectHttp2(`http://127.0.0.1:${engine.port}`);
    for (let n = 0; n < 200; n++) halfMessage(session, 16 * 1024 * 1024).resume();
    await stillServes();
    await stillServes();
    expect((await anonymousMemory()) - before).toBeLessThan(100);
    session.destroy();
  });

  it('refuses a message that announces more than any may have, before it comes', async () => {
    const session = connectHttp2(`http://127.0.0.1:${engine.port}`);
    const call = halfMessage(session, 0xffffffff).resume();
    const said = await Promise.race([once(call, 'response'), once(call, 'trailers')]);
    expect(said[0]).toMatchObject({ 'grpc-status': '8' });
    await stillServes();
    session.destroy();
  });

  it('listens on loopback only', async () => {
    const socket = connect(engine.port, '127.0.0.1');
    await once(socket, 'connect');
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
    const tables = await Promise.all(
      ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
    );
    const port = engine.port.toString(16).toUpperCase().padStart(4, '0');
    const listening = tables
      .join('\n')
      .split('\n')
      .filter((line) => line.includes(`:${port} `) && / 0A /.test(line));
    expect(listening.every((line) => line.includes('0100007F:'))).toBe(true);
  });
});

describe('the event store in a crowd', () => {
  let interval = 10_000;
  /** Clients of one process share a connection where all their options are the same. */
  const clientApart = () =>
    EventStoreDBClient.connectionString(`${engine.url}&keepAliveInterval=${++interval}`);
  const crowdOf = async (crowd: EventStoreDBClient, size: number) => {
    const subscriptions = Array.from({ length: size }, () => crowd.subscribeToAll({ fromPosition: END }));
    for (const subscription of subscriptions) subscription.on('error', () => undefined);
    await Promise.all(subscriptions.map((subscription) => once(subscription, 'caughtUp')));
    return subscriptions;
  };
  const endAll = (subscriptions: readonly AllStreamSubscription[]) =>
    Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));

  it('brings one event to each of 1,500 live subscriptions', async () => {
    const crowd = clientApart();
    const received = (await crowdOf(crowd, 1500)).map((subscription) => count(subscription, 1));
    await client.appendToStream('to-a-crowd', one());
    expect((await Promise.all(received)).reduce((sum, n) => sum + n, 0)).toBe(1500);
    await crowd.dispose();
  });

  // Node 20 has no option for the resets that its HTTP/2 takes: 1,000 at once, and 33 more with each second.
  const atOnce = Number(process.versions.node.split('.')[0]) >= 24 ? 3000 : 900;
  it(`serves a connection on after ${atOnce} of its subscriptions have ended at once`, async () => {
    const crowd = clientApart();
    const staying = crowd.subscribeToAll({ fromPosition: END });
    const toStay = count(staying, 1);
    await once(staying, 'caughtUp');
    await endAll(await crowdOf(crowd, atOnce));
    await crowd.appendToStream('after-they-left', one());
    expect(await toStay).toBe(1);
    await crowd.dispose();
  });

  it('serves others on, whatever becomes of the connection of one who resets streams by the thousand', async () => {
    const crowd = clientApart();
    const other = client.subscribeToAll({ fromPosition: END });
    const toOther = count(other, 1);
    await once(other, 'caughtUp');
    await endAll(await crowdOf(crowd, 1500));
    await client.appendToStream('beside-them', one());
    expect(await toOther).toBe(1);
    // Whose connection was dropped gets a new one.
    await crowd.appendToStream('after-all', one()).catch(() => crowd.appendToStream('after-all', one()));
    await crowd.dispose();
  });
});
