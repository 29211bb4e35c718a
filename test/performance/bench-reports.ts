/**
 * Seconds and peak memory of reports over many complaints: `npm run bench:reports -- [--complaints 100000]`.
 * Both engines embedded, each question asked of the query side in a process of its own; "read" is a bare cursor over all
 * documents that the live reports are made from, everything else is a multiple of it.
 */
import { parseArgs } from 'node:util';
import { connectEventStore } from '#libs/event-store/index.js';
import { createProgressWaiter, startProjector } from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { startTestEngines } from '#libs/testing/embedded-engines.js';
import { ComplaintLives, tellConfiguration } from '#libs/testing/projections/complaint-lives.js';
import { calendarDefined } from '#libs/testing/recorded-events.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { satisfactionFacts, slaFacts } from '#projections/index.js';
import { answerInProcess, type Asked } from './reports/report-process.js';
import { tellComplaints } from './reports/told-complaints.js';

const { values } = parseArgs({ options: { complaints: { type: 'string', default: '100000' } } });
const complaints = Number(values.complaints);
const DAY = 24 * 3_600_000;
const DATABASE = 'bench_reports';
const PREFIXES = ['complaint-', 'calendar-', 'callTree-', 'category-', 'team-', 'slaPolicy-'];

const engines = await startTestEngines();
try {
  await fill();
  await measure();
} finally {
  await engines.stop();
}

async function fill(): Promise<void> {
  const began = performance.now();
  const log = await connectEventStore({ url: engines.eventStore.url });
  const readStore = await connectReadStore({ url: engines.mongo.url, database: DATABASE });
  const random = seededRandom(1);
  const lives = new ComplaintLives(random, 1, 'bench');
  await tellConfiguration(log, lives);
  const longer = { monday: [['08:00', '18:00']], saturday: [['10:00', '14:00']] } as const;
  await log.append('calendar-other', 'no-stream', [
    lives.envelope(calendarDefined({ code: 'other', hours: longer })),
  ]);
  const events = await tellComplaints(log, complaints, Date.now() - 240 * DAY, Date.now() - 12 * DAY, random);
  const written = performance.now();
  const store = projectionStoreOn(readStore);
  const projections = [slaFacts, satisfactionFacts];
  const projector = await startProjector({ log, store, projections });
  const waiter = createProgressWaiter({ store, projector });
  const names = projections.map(({ name }) => name);
  await waiter.waitFor(names, (await log.head(PREFIXES)) ?? '', 3_600_000);
  waiter.close();
  await projector.stop();
  await readStore.close();
  await log.close();
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
  console.log(
    `${complaints} complaints, ${events} events: written in ${seconds(began, written)} s, ` +
      `projected in ${seconds(written, performance.now())} s`,
  );
}

async function measure(): Promise<void> {
  const instant = (at: number) => new Date(at).toISOString();
  const period = { from: instant(Date.now() - 241 * DAY), to: instant(Date.now()) };
  const asOf = new Date().toISOString();
  const bare = await asked('read', { read: 'sla-facts' });
  const report = (what: string, request: Extract<Asked['ask'], { report: unknown }>['report']) =>
    asked(what, { report: { ...period, ...request } }, bare);
  await report('registration-compliance', { kind: 'registration-compliance', groupBy: ['channel'] });
  await report('resolution-compliance', { kind: 'resolution-compliance', groupBy: ['callTree'] });
  await report('satisfaction', { kind: 'satisfaction', groupBy: ['month'] });
  await report('escalations', { kind: 'escalations', groupBy: ['level', 'callTree'] });
  await report('workload', { kind: 'workload', groupBy: ['team'] });
  await report('root-causes', { kind: 'root-causes', groupBy: ['category'] });
  await report('resolution-compliance, calendar=', {
    kind: 'resolution-compliance',
    groupBy: ['callTree'],
    calendar: 'other',
  });
  await asked(
    'what-if, another calendar',
    { whatIf: { ...period, report: 'resolution-compliance', groupBy: ['callTree'], calendar: 'other' } },
    bare,
  );
  await report('resolution-compliance, asOf', {
    kind: 'resolution-compliance',
    groupBy: ['callTree'],
    asOf,
  });
}

/** @returns seconds */
async function asked(what: string, ask: Asked['ask'], bare?: number): Promise<number> {
  const [eventStoreUrl, mongoUrl] = [engines.eventStore.url, engines.mongo.url];
  const { seconds, rssBefore, rssPeak, size } = await answerInProcess({
    eventStoreUrl,
    mongoUrl,
    database: DATABASE,
    ask,
  });
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  console.log(
    `${what.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s  ${(seconds / (bare ?? seconds)).toFixed(2)} × read; ` +
      `RSS ${megabytes(rssBefore)} → ${megabytes(rssPeak)} MB; ${size} ${'read' in ask ? 'documents' : 'characters'}`,
  );
  return seconds;
}
