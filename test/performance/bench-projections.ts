/**
 * How fast read models follow the log: `npm run bench:projections -- [--events 50000] [--live-seconds 20]`.
 * R is a bare for-await read of the same log by the same client in the same run; everything else is a share of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectEventStore, type EventStore } from '#libs/event-store/index.js';
import {
  createProgressWaiter,
  requestRebuild,
  startProjector,
  type AnyProjection,
  type Projection,
  type ProjectorTuning,
} from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn, type ReadStore } from '#libs/read-store/index.js';
import { startTestEngines } from '#libs/testing/embedded-engines.js';
import { ComplaintLives, tell, tellConfiguration } from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { PROJECTIONS } from '#projections/index.js';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    'side-by-side': { type: 'string', default: '600' },
    'live-seconds': { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
const events = Number(values.events);
const PREFIXES = ['complaint-', 'calendar-', 'callTree-', 'category-', 'team-', 'slaPolicy-'];

const noop: Projection = { name: 'noop', version: 1, indexes: [], fold: () => null };

const engines = await startTestEngines();
const log = await connectEventStore({ url: engines.eventStore.url });
const lives = new ComplaintLives(seededRandom(1), Number(values['side-by-side']), 'bench');
const wanted = (part: string) => values.only === undefined || values.only.split(',').includes(part);
try {
  await main();
} finally {
  await log.close();
  await engines.stop();
}

async function main(): Promise<void> {
  await tellConfiguration(log, lives);
  const writing = await timed(() => tell(log, lives, events));
  console.log(`${events} events written, ${Math.round(events / writing)} per second`);
  await bareRead();
  const bare = Math.max(await bareRead(), await bareRead());
  console.log(`R: bare read            ${line(bare, bare)}`);
  if (wanted('noop')) console.log(`engine, no-op fold      ${line(await follow('noop', [noop], 4), bare)}`);
  if (wanted('all')) {
    for (const partitions of [1, 4]) {
      console.log(
        `all projections, ${partitions} part. ${line(await follow(`all${partitions}`, PROJECTIONS, partitions), bare)}`,
      );
    }
  }
  if (wanted('live')) await live();
  if (wanted('rebuild')) await rebuild(bare);
  console.log(`R again                 ${line(await bareRead(), bare)}`);
}

async function bareRead(): Promise<number> {
  let count = 0;
  const seconds = await timed(async () => {
    for await (const message of log.readLog({ prefixes: PREFIXES })) if (message.kind === 'event') count += 1;
  });
  return count / seconds;
}

async function follow(
  name: string,
  projections: readonly AnyProjection[],
  partitions: number,
): Promise<number> {
  const readStore = await connectReadStore({ url: engines.mongo.url, database: `bench_${name}` });
  const peak = watchMemory();
  try {
    const seconds = await timed(() => catchUp(readStore, log, projections, { partitions }));
    console.log(`  peak memory ${peak()} MB`);
    return events / seconds;
  } finally {
    await readStore.close();
  }
}

async function catchUp(
  readStore: ReadStore,
  eventStore: EventStore,
  projections: readonly AnyProjection[],
  tuning: Partial<ProjectorTuning>,
): Promise<void> {
  const store = projectionStoreOn(readStore);
  const head = (await eventStore.head(PREFIXES)) ?? '';
  const projector = await startProjector({ log: eventStore, store, projections, tuning });
  const waiter = createProgressWaiter({ store, projector });
  await waiter.waitFor(
    projections.map(({ name }) => name),
    head,
    3_600_000,
  );
  waiter.close();
  await projector.stop();
}

/** From the append's acknowledgement to the moment a query that waits for it may be answered. */
async function live(): Promise<void> {
  const readStore = await connectReadStore({ url: engines.mongo.url, database: 'bench_all4' });
  const store = projectionStoreOn(readStore);
  const projector = await startProjector({ log, store, projections: PROJECTIONS });
  const waiter = createProgressWaiter({ store, projector });
  const names = PROJECTIONS.map(({ name }) => name);
  await waiter.waitFor(names, (await log.head(PREFIXES)) ?? '', 600_000);
  const lags: number[] = [];
  const rate = Number(values.rate);
  const total = rate * Number(values['live-seconds']);
  const running: Promise<void>[] = [];
  const last = new Map<string, Promise<unknown>>();
  const startedAt = performance.now();
  for (let sent = 0; sent < total; sent++) {
    await sleep(Math.max(0, startedAt + (sent * 1000) / rate - performance.now()));
    const { streamId, expected, events: appended } = lives.next();
    const append = (last.get(streamId) ?? Promise.resolve()).then(() =>
      log.append(streamId, expected, appended),
    );
    last.set(streamId, append);
    running.push(
      append.then(async ({ position }) => {
        const acknowledged = performance.now();
        await waiter.waitFor(names, position, 60_000);
        lags.push(performance.now() - acknowledged);
      }),
    );
  }
  await Promise.all(running);
  waiter.close();
  await projector.stop();
  await readStore.close();
  lags.sort((a, b) => a - b);
  const at = (share: number) =>
    (lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0).toFixed(1);
  console.log(
    `live at ${rate}/s           append to visible in all: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`,
  );
}

/** A second build of every projection beside the first, while queries ask for the active one all the time. */
async function rebuild(bare: number): Promise<void> {
  const readStore = await connectReadStore({ url: engines.mongo.url, database: 'bench_all4' });
  const store = projectionStoreOn(readStore);
  const projector = await startProjector({ log, store, projections: PROJECTIONS });
  const peak = watchMemory();
  const projection = PROJECTIONS[0] ?? noop;
  const startedAt = performance.now();
  const id = await requestRebuild(store, { projection, by: 'bench', switchWhenCaughtUp: true });
  let longestRead = 0;
  for (;;) {
    const askedAt = performance.now();
    const collection = await readStore.activeCollection<{ _id: string }>(projection.name);
    await collection.findOne();
    longestRead = Math.max(longestRead, performance.now() - askedAt);
    const active = (await store.builds.active()).find(({ name }) => name === projection.name);
    if (active?.build === id.build) break;
    await sleep(5);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await projector.stop();
  await readStore.close();
  console.log(
    `rebuild of one          ${line(events / seconds, bare)}; ${seconds.toFixed(1)} s until switched, ` +
      `peak memory ${peak()} MB, longest read ${longestRead.toFixed(0)} ms`,
  );
}

function watchMemory(): () => number {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  return () => {
    clearInterval(timer);
    return Math.round(Math.max(peak, process.memoryUsage().rss) / 1024 / 1024);
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(cpuBefore);
  // Beside the wall time, which on a busy machine says more about the others.
  console.log(`  ${((user + system) / 1e6).toFixed(1)} s of this process's CPU`);
  return (performance.now() - startedAt) / 1000;
}

function line(perSecond: number, bare: number): string {
  return `${Math.round(perSecond).toString().padStart(8)} events/s  ${(perSecond / bare).toFixed(2)} R`;
}
