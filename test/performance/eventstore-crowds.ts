import {
  binaryEvent,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  START,
  streamNameFilter,
  type AllStreamSubscription,
} from '@eventstore/db-client';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fillLog } from './eventstore-load.js';

/** What one crowd does to the engine. The word it returns says how much of it was done. */
type Crowd = (client: EventStoreDBClient, port: number) => Promise<string>;

export const crowds: Readonly<Record<string, Crowd>> = {
  'nobody else': () => pause(4000, ''),
  'a subscriber that does not read, and 8 that do, while 40,000 events are written': async (client) => {
    const stuck = client.subscribeToAll({ fromPosition: START }, { highWaterMark: 1 });
    stuck.on('error', () => undefined).pause();
    const fast = Array.from({ length: 8 }, () => client.subscribeToAll({ fromPosition: END }));
    const received = fast.map((subscription) => receive(subscription, 40_000));
    await Promise.all(fast.map((subscription) => once(subscription, 'caughtUp')));
    await fillLog(client, 40_000);
    await Promise.all(received);
    return '8 × 40,000 events received';
  },
  '1,000 live subscriptions to $all, 200 events': async (client) => {
    const subscriptions = Array.from({ length: 1000 }, () => client.subscribeToAll({ fromPosition: END }));
    const received = subscriptions.map((subscription) => receive(subscription, 200));
    await Promise.all(subscriptions.map((subscription) => once(subscription, 'caughtUp')));
    await fillLog(client, 200);
    await Promise.all(received);
    return '200,000 events received';
  },
  'a read of 1,000,000 events of $all': async (client) =>
    `${await count(client.readAll({ maxCount: 1_000_000 }))} events`,
  'a read of a stream of 100,000 events': async (client) =>
    `${await count(client.readStream('long'))} events`,
  '20 events of the largest size, and 20 of a byte more': async (client) => {
    const told = { stored: 0, refused: 0 };
    for (let n = 0; n < 40; n++) {
      const data = Buffer.alloc(1024 * 1024 - 8 + (n % 2));
      const append = client.appendToStream('large', binaryEvent({ type: 'Blob', data }));
      await append.then(
        () => told.stored++,
        () => told.refused++,
      );
    }
    return `${told.stored} stored, ${told.refused} refused`;
  },
  'four filters with hostile patterns over the whole log': async (client) => {
    const filters = [
      streamNameFilter({ regex: '^(([a-z])+.)+[A-Z]([a-z])+$' }),
      streamNameFilter({ regex: '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[^0-9a-z-]$' }),
      streamNameFilter({ regex: '(x+x+)+y|(a|aa)+$|(.|.)*#' }),
      eventTypeFilter({ regex: `(${'e?'.repeat(100)}){5}!` }),
    ];
    await Promise.all(
      filters.map(async (filter) => {
        const subscription = client.subscribeToAll({ fromPosition: START, filter });
        subscription.resume();
        await once(subscription, 'caughtUp');
        await subscription.unsubscribe();
      }),
    );
    return 'each searched to the end';
  },
  '500 idle connections': async (_client, port) => {
    await Promise.all(Array.from({ length: 500 }, () => stranger(port)));
    return pause(4000, '500 open');
  },
  '200 calls with half a message, then silence': (_client, port) => halfMessages(port, 1000, 200),
  '200 calls whose length header lies (4 GiB, 16 MiB)': async (_client, port) => {
    await halfMessages(port, 0xffffffff, 100);
    return halfMessages(port, 16 * 1024 * 1024, 100);
  },
  '100 connections with 1 MB of garbage each': async (_client, port) => {
    const garbage = Buffer.alloc(1024 * 1024, 0x9b);
    for (let n = 0; n < 100; n++) {
      const socket = await stranger(port);
      socket.write(garbage);
      await pause(20);
    }
    return '100 sent';
  },
};

async function receive(subscription: AllStreamSubscription, wanted: number): Promise<void> {
  let received = 0;
  for await (const _ of subscription) if (++received === wanted) break;
}

async function count(source: AsyncIterable<unknown>): Promise<string> {
  let read = 0;
  for await (const _ of source) read++;
  return read.toLocaleString('en-US');
}

async function stranger(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Calls whose first message announces so many bytes, of which ten come. */
async function halfMessages(port: number, announced: number, calls: number): Promise<string> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  for (let n = 0; n < calls; n++) {
    const call = session.request({
      ':method': 'POST',
      ':path': '/event_store.client.streams.Streams/BatchAppend',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    call.on('error', () => undefined).resume();
    const header = Buffer.alloc(15);
    header.writeUInt32BE(announced, 1);
    call.write(header);
  }
  return pause(2000, `${calls} of each sent`);
}

/** `node eventstore-crowds.js NAME URL`: one crowd in a process of its own, so that its work is not the neighbour's. */
if (process.argv[1] === import.meta.filename) {
  const [, , name = '', url = ''] = process.argv;
  const client = EventStoreDBClient.connectionString(url);
  const port = Number(/:(\d+)/.exec(url)?.[1]);
  const done = (await crowds[name]?.(client, port)) ?? 'no such crowd';
  process.send?.(done, () => process.exit(0));
}
