import { ANY, EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngine } from '#libs/engine-host/index.js';
import { bareCommits, bareStream, serverWithoutLog } from './bench-eventstore-limits.js';
import { eventSize, fillLog, fillStream, measuredEvents } from './eventstore-load.js';

/**
 * What the embedded event store does, beside what the parts below it do alone in the same run: lmdb with one flush per commit,
 * and grpc-js streaming the same bytes to the same client's classes. `npm run bench:eventstore [-- --events 1000000]`.
 */
const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '4' } },
});
const events = Number(values.events);
const duration = Number(values.seconds) * 1000;

const rows: string[][] = [];
function row(name: string, rate: number, limit: string, limitRate: number): void {
  rows.push([
    name,
    perSecond(rate),
    limit,
    perSecond(limitRate),
    `${((100 * rate) / limitRate).toFixed(0)} %`,
  ]);
  console.error(`${name}: ${perSecond(rate)} per second`);
}

const perSecond = (rate: number) => Math.round(rate).toLocaleString('en-US');

const dataDir = await mkdtemp(join(tmpdir(), 'bench-eventstore-'));
let engine = await startEngine({ engine: 'eventstore', dataDir, port: 0 });
let client = EventStoreDBClient.connectionString(engine.url);
try {
  await appends();
  await fillLog(client, events);
  await fillStream(client, 'long', 50_000);
  await reads();
  await opening();
} finally {
  await client.dispose();
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
}
console.log(
  `\n${events.toLocaleString('en-US')} events of about ${eventSize + 60} bytes, Node ${process.version}, ${cpus().length} cores, client included\n`,
);
console.log(
  '| | per second | raw limit, same run | per second | share |\n| --- | ---: | --- | ---: | ---: |',
);
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);

async function appends(): Promise<void> {
  const onePut = await bareCommits(1, duration);
  const putsOf64 = await bareCommits(64, duration);
  const putsOf800 = await bareCommits(800, duration);
  const kinds = [
    ['appends, 1 in flight', 1, 1, 'lmdb: commits of 1 put', onePut],
    ['appends, 64 in flight', 64, 1, 'lmdb: puts in commits of 64', putsOf64],
    ['events in batches of 100, 8 in flight', 8, 100, 'lmdb: puts in commits of 800', putsOf800],
  ] as const;
  await appending(client, 8, 1, 1000);
  const nothing = await serverWithoutLog();
  const other = EventStoreDBClient.connectionString(nothing.url);
  await appending(other, 8, 1, 1000);
  for (const [name, inFlight, size, limit, puts] of kinds) {
    const rate = await appending(client, inFlight, size, duration);
    row(name, rate, limit, puts);
    row(name, rate, 'the same client and grpc-js, no log', await appending(other, inFlight, size, duration));
  }
  await other.dispose();
  nothing.stop();
}

async function appending(
  client: EventStoreDBClient,
  inFlight: number,
  size: number,
  milliseconds: number,
): Promise<number> {
  const started = performance.now();
  let written = 0;
  const run = `${inFlight}-${size}-${Math.round(started)}`;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, writer) => {
      for (let n = 0; performance.now() - started < milliseconds; n++) {
        await client.appendToStream(`bench-${run}-${writer}-${Math.floor(n / 20)}`, measuredEvents(size), {
          expectedRevision: ANY,
        });
        written += size;
      }
    }),
  );
  return (1000 * written) / (performance.now() - started);
}

async function reads(): Promise<void> {
  const streamed = await bareStream(100_000);
  row(
    'reads of a stream of 50,000',
    await rateOf(client.readStream('long'), 50_000),
    'grpc-js: stream of the same bytes',
    streamed,
  );
  row(
    'reads of $all',
    await rateOf(client.readAll({ maxCount: events }), events),
    'grpc-js: stream of the same bytes',
    streamed,
  );
  row(
    'catch-up of $all',
    await rateOf(client.subscribeToAll({ fromPosition: START }), events, true),
    'grpc-js: stream of the same bytes',
    streamed,
  );
  const prefix = streamNameFilter({ prefixes: ['wanted-'], checkpointInterval: 100 });
  const regex = streamNameFilter({ regex: '^wanted-', checkpointInterval: 100 });
  for (const [name, filter] of [
    ['prefix', prefix],
    ['pattern', regex],
  ] as const) {
    const wanted = events / 10;
    const started = performance.now();
    await rateOf(client.subscribeToAll({ fromPosition: START, filter }), wanted, true);
    const looked = (1000 * events) / (performance.now() - started);
    row(
      `catch-up filtered by ${name}, 1 in 10: events looked at`,
      looked,
      'grpc-js: stream of the same bytes',
      streamed,
    );
  }
}

/** A read is taken to its end: the client waits for ever to dispose of one that was left when the server had said all. */
async function rateOf(source: AsyncIterable<unknown>, wanted: number, endless = false): Promise<number> {
  const started = performance.now();
  let received = 0;
  for await (const _ of source) if (++received >= wanted && endless) break;
  return (1000 * received) / (performance.now() - started);
}

async function opening(): Promise<void> {
  await client.dispose();
  await engine.stop();
  const started = performance.now();
  engine = await startEngine({ engine: 'eventstore', dataDir, port: 0 });
  client = EventStoreDBClient.connectionString(engine.url);
  for await (const _ of client.readAll({ maxCount: 1 }));
  console.log(
    `opened, until the first event was read: ${Math.round(performance.now() - started)} ms, most of it the start of Node`,
  );
}
