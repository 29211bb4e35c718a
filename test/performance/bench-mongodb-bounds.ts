import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient, type Collection, type Document } from 'mongodb';
import { startEngine } from '#libs/engine-host/index.js';
import { peakOf, quantile, Report, round, timings } from './bench-mongodb-report.js';

/**
 * What others feel, and what memory it costs, while a client asks for more than it should. The server's own memory is given,
 * without the pages of its files. `npm run bench:mongodb:bounds`
 */
const report = new Report(['what', 'what came of it', 'memory before, MB', 'highest, MB']);
const documents = 100_000;
const dataDir = await mkdtemp(join(tmpdir(), 'bench-mongodb-'));
const engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
const client = await new MongoClient(engine.url, { maxPoolSize: 200 }).connect();
const c = client.db('bench').collection('large');
const admin = client.db('admin');

async function bound(name: string, work: () => Promise<string>): Promise<void> {
  let outcome = '';
  const { before, peak } = await peakOf(engine.pid, async () => {
    outcome = await work();
  });
  report.row(name, outcome, String(before), String(peak));
}

const ping = () => admin.command({ ping: 1 });
const refusal = async (asked: Promise<unknown>): Promise<string> => {
  const started = performance.now();
  const answer = await asked.then(
    () => 'answered',
    (error: unknown) => `error ${String((error as { code?: number }).code)}`,
  );
  return `${answer} after ${round(performance.now() - started)} ms`;
};

/** How long pings take while the work is done. */
async function beside(work: Promise<string>): Promise<string> {
  const taken: number[] = [];
  const over = new AbortController();
  const done = work.finally(() => {
    over.abort();
  });
  while (!over.signal.aborted) taken.push(...(await timings(1, ping)));
  taken.sort((a, b) => a - b);
  const times = `p50 ${round(quantile(taken, 0.5))} ms, p99 ${round(quantile(taken, 0.99))} ms, longest ${round(taken.at(-1) ?? 0)} ms`;
  return `${await done}; ${round(taken.length)} pings beside it: ${times}`;
}

async function fill(collection: Collection): Promise<void> {
  for (let from = 0; from < documents; from += 1000) {
    await collection.insertMany(
      Array.from({ length: 1000 }, (_, i) => ({
        n: from + i,
        group: i % 50,
        text: `${from + i} `.padEnd(1200, 'x'),
      })),
    );
  }
}

function sockets(count: number): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(engine.port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      await once(socket, 'connect');
      return socket;
    }),
  );
}

/** Opens connections, lets each send the bytes, and tells how the others are served. */
async function strangers(count: number, bytes: Buffer | undefined): Promise<string> {
  const open = await sockets(count);
  if (bytes) for (const socket of open) socket.write(bytes);
  await sleep(500);
  const taken = await timings(200, ping);
  const closed = open.filter((socket) => socket.destroyed || socket.readableEnded).length;
  for (const socket of open) socket.destroy();
  return `${closed} closed by the server; ping p50 ${round(quantile(taken, 0.5))} ms, p99 ${round(quantile(taken, 0.99))} ms`;
}

function header(length: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}

async function cursors(count: number): Promise<string> {
  const started = performance.now();
  const open = [];
  for (let i = 0; i < count; i++) {
    const { cursor } = await client
      .db('bench')
      .command({ find: 'large', filter: {}, sort: { _id: 1 }, batchSize: 1 });
    open.push((cursor as { id: bigint }).id);
  }
  const each = (performance.now() - started) / count;
  const next = await refusal(client.db('bench').command({ find: 'large', filter: {}, batchSize: 1 }));
  await client.db('bench').command({ killCursors: 'large', cursors: open });
  return `${round(each)} ms each; the next one: ${next}`;
}

function nested(levels: number): Document {
  let filter: Document = { n: 1 };
  for (let i = 0; i < levels; i++) filter = { $and: [filter] };
  return filter;
}

const doubled = {
  $reduce: { input: { $range: [0, 60] }, initialValue: 'ab', in: { $concat: ['$$value', '$$value'] } },
};
const loops = {
  $sum: { $map: { input: { $range: [0, 100_000] }, in: { $sum: { $range: [0, 100_000] } } } },
};

try {
  await fill(c);
  await client
    .db('bench')
    .collection('texts')
    .insertOne({ text: `${'a'.repeat(100_000)}!` });
  await timings(500, ping);
  await bound('nothing but pings', () => beside(sleep(2000, 'idle')));
  await bound('an aggregation that would take minutes, with 10 s to do it', () =>
    beside(
      refusal(
        c
          .aggregate(
            [
              {
                $lookup: {
                  from: 'large',
                  let: { n: '$n' },
                  pipeline: [{ $match: { $expr: { $eq: ['$text', '$$n'] } } }],
                  as: 'x',
                },
              },
              { $count: 'n' },
            ],
            { maxTimeMS: 10_000 },
          )
          .toArray(),
      ),
    ),
  );
  await bound('$push of all documents into one', () =>
    beside(refusal(c.aggregate([{ $group: { _id: null, all: { $push: '$$ROOT' } } }]).toArray())),
  );
  await bound('a sort of all documents without an index', () =>
    beside(refusal(c.find().sort({ text: -1 }).toArray())),
  );
  await bound('the first 100 of that sort', () =>
    beside(refusal(c.find().sort({ text: -1 }).limit(100).toArray())),
  );
  for (const pattern of ['^(a+)+$', '(a|aa)+$', '(.*a){25}', '(a*)*b']) {
    await bound(`pattern \`${pattern.replace('|', '\\|')}\` on a text of 100,000 characters`, () =>
      refusal(
        client
          .db('bench')
          .collection('texts')
          .countDocuments({ text: { $regex: pattern } }),
      ),
    );
  }
  await bound('an expression whose text doubles 60 times', () =>
    refusal(c.aggregate([{ $project: { doubled } }]).toArray()),
  );
  await bound('an expression of 10,000,000,000 steps', () =>
    refusal(c.aggregate([{ $project: { loops } }]).toArray()),
  );
  await bound('a filter nested 190 levels deep', () =>
    refusal(c.find(nested(90)).toArray()).then(
      async (served) => `90 levels: ${served}; 190: ${await refusal(c.find(nested(190)).toArray())}`,
    ),
  );
  await bound('10,000 open cursors', () => cursors(10_000));
  await bound('500 idle connections', () => strangers(500, undefined));
  await bound('500 connections with half a message', () => strangers(500, header(1000, Buffer.alloc(400))));
  await bound('500 connections that announce 47 MB and send 1 kB', () =>
    strangers(500, header(47_000_000, Buffer.alloc(1000))),
  );
  await bound('500 connections with a length above the limit', () =>
    strangers(500, header(2_000_000_000, Buffer.alloc(1000))),
  );
  await bound('500 connections with garbage', () => strangers(500, Buffer.alloc(4096, 0xa7)));
} finally {
  await client.close();
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
}
report.print();
