/**
 * How fast read models follow the log: `npm run bench:projections -- [--events 200000] [--only noop,all]`.
 * R is a bare for-await read of the same log by the same client in the same run; everything else is a share of it. The
 * machine's speed drifts within a run, so that R is read before and after each part, whose share is of the mean of the two.
 */
import { parseArgs } from 'node:util';
import { connectEventStore } from '#libs/event-store/index.js';
import { connectReadStore } from '#libs/read-store/index.js';
import { startTestEngines } from '#libs/testing/embedded-engines.js';
import { ComplaintLives, tellConfiguration } from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { PROJECTIONS } from '#projections/index.js';
import { cpuOf } from './process-cpu.js';
import { bareRead } from './projections/bare-read.js';
import type { BenchProjectorOptions } from './projections/bench-projector.js';
import { emmettPerEvent } from './projections/emmett.js';
import { fillLog } from './projections/fill-log.js';
import { follow } from './projections/follow.js';
import { liveLag } from './projections/live-lag.js';
import { eventByEvent, guardedPerEvent, type Apply } from './projections/per-event.js';
import { rebuild } from './projections/rebuild.js';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    'side-by-side': { type: 'string', default: '600' },
    'live-seconds': { type: 'string', default: '20' },
    'per-event': { type: 'string', default: '3000' },
    rate: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
const PREFIXES = ['complaint-', 'calendar-', 'callTree-', 'category-', 'team-', 'slaPolicy-'];

const engines = await startTestEngines();
const log = await connectEventStore({ url: engines.eventStore.url });
const sideBySide = Number(values['side-by-side']);
const lives = new ComplaintLives(seededRandom(1), sideBySide, 'live');
let events = 0;
const wanted = (part: string) => values.only === undefined || values.only.split(',').includes(part);
try {
  await main();
} finally {
  await log.close();
  await engines.stop();
}

async function main(): Promise<void> {
  await tellConfiguration(log, lives);
  const startedAt = performance.now();
  events = await fillLog(engines.eventStore.url, Number(values.events), sideBySide);
  const writing = (performance.now() - startedAt) / 1000;
  console.log(`${events} events written, ${Math.round(events / writing)} per second`);
  // Warms up the client and the server.
  await bareRead(engines.eventStore.url);
  const head = (await log.head(PREFIXES)) ?? '';
  if (wanted('noop')) await followed('no-op fold', 'noop', 4, 1, head);
  if (wanted('all')) {
    await followed('all, 1 partition', 'all', 1, 1, head);
    await followed('all, 4 partitions', 'all', 4, 1, head);
    await followed('all, 4 partitions, 2 processes', 'all', 4, 2, head);
    await followed('all, 4 partitions, 4 processes', 'all', 4, 4, head);
  }
  if (wanted('per-event')) await perEvent();
  if (wanted('rebuild')) await rebuilt(head);
  if (wanted('live')) await live();
}

/** What a part does, and R as it was just before and just after it, in events per second. */
async function besideR<T>(part: () => Promise<T>): Promise<{ readonly outcome: T; readonly bare: number }> {
  const before = await bareRead(engines.eventStore.url);
  const outcome = await part();
  const after = await bareRead(engines.eventStore.url);
  console.log(`${name('R: bare client read')} ${perSecondOf(before)} before, ${perSecondOf(after)} after`);
  return { outcome, bare: (before + after) / 2 };
}

function optionsFor(
  projections: BenchProjectorOptions['projections'],
  partitions: number,
  database: string,
): BenchProjectorOptions {
  const [eventStoreUrl, mongoUrl] = [engines.eventStore.url, engines.mongo.url];
  return { eventStoreUrl, mongoUrl, database, partitions, projections };
}

async function followed(
  what: string,
  projections: BenchProjectorOptions['projections'],
  partitions: number,
  processes: number,
  head: string,
): Promise<void> {
  const options = optionsFor(projections, partitions, `bench_${projections}_${partitions}_${processes}`);
  const servers = () => [engines.eventStore, engines.mongo].map(({ pid }) => cpuOf(pid));
  const { outcome, bare } = await besideR(async () => {
    const before = servers();
    const { seconds, cpu, rss } = await follow(options, processes, head);
    return { seconds, rss, spent: [cpu, ...servers().map((after, index) => after - (before[index] ?? 0))] };
  });
  const { seconds, rss, spent } = outcome;
  const [projectors, eventStore, documentStore] = spent.map((cpuSeconds) =>
    ((cpuSeconds / events) * 1e6).toFixed(0),
  );
  const perEvent = `µs of CPU per event: projectors ${projectors}, event store ${eventStore}, document store ${documentStore}`;
  console.log(`${name(what)} ${line(events / seconds, bare)}; ${perEvent}; RSS ${megabytes(rss)} MB`);
}

async function perEvent(): Promise<void> {
  const readStore = await connectReadStore({ url: engines.mongo.url, database: 'bench_per_event' });
  const rivals: [string, Apply][] = [['simplest correct, event by event', guardedPerEvent(readStore)]];
  const folder = process.env['EMMETT'];
  if (folder !== undefined) rivals.push(['emmett projection', await emmettPerEvent(folder, readStore)]);
  try {
    for (const [what, apply] of rivals) {
      const count = Math.min(events, Number(values['per-event']));
      const { outcome, bare } = await besideR(() =>
        eventByEvent(engines.eventStore.url, PREFIXES, PROJECTIONS, count, apply),
      );
      console.log(`${name(what)} ${line(outcome, bare)}`);
    }
  } finally {
    await readStore.close();
  }
}

async function rebuilt(head: string): Promise<void> {
  const options = optionsFor('one', 4, 'bench_rebuild');
  const first = await besideR(() => follow(options, 1, head));
  console.log(
    `${name('one projection')} ${line(events / first.outcome.seconds, first.bare)}; RSS ${megabytes(first.outcome.rss)} MB`,
  );
  const { outcome, bare } = await besideR(() => rebuild(options));
  const { seconds, longestRead, reads, rss, peak } = outcome;
  console.log(
    `${name('its rebuild')} ${line(events / seconds, bare)}; ${seconds.toFixed(1)} s until switched, ` +
      `RSS ${megabytes(rss)} MB, peak ${megabytes([peak])} MB, longest of ${reads} reads ${longestRead.toFixed(0)} ms`,
  );
}

async function live(): Promise<void> {
  const lags = await liveLag({
    log,
    lives,
    mongoUrl: engines.mongo.url,
    database: 'bench_live',
    prefixes: PREFIXES,
    rate: Number(values.rate),
    seconds: Number(values['live-seconds']),
  });
  const at = (share: number) =>
    (lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0).toFixed(1);
  console.log(
    `${name(`live at ${values.rate}/s`)} append to visible in all: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`,
  );
}

function megabytes(bytes: readonly number[]): string {
  return bytes.map((size) => Math.round(size / 1024 / 1024)).join(' → ');
}

function name(what: string): string {
  return what.padEnd(33);
}

function line(perSecond: number, bare: number): string {
  return `${perSecondOf(perSecond)}  ${(perSecond / bare).toFixed(2)} R`;
}

function perSecondOf(events: number): string {
  return `${Math.round(events).toString().padStart(8)} events/s`;
}
