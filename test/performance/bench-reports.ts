/**
 * Seconds and peak memory of reports over many complaints: `npm run bench:reports -- [--complaints 100000]`.
 * Both engines embedded, each question asked of the query side in a process of its own; "read" is a bare cursor over all
 * documents that the live reports are made from, everything else is a multiple of it.
 */
import { parseArgs } from 'node:util';
import { startTestEngines } from '#libs/testing/embedded-engines.js';
import { fillStores } from './reports/filled-stores.js';
import { answerInProcess, type Asked } from './reports/report-process.js';

const { values } = parseArgs({ options: { complaints: { type: 'string', default: '100000' } } });
const complaints = Number(values.complaints);
const DAY = 24 * 3_600_000;
const DATABASE = 'bench_reports';

const engines = await startTestEngines();
try {
  const midway = await fillStores(
    { eventStoreUrl: engines.eventStore.url, mongoUrl: engines.mongo.url, database: DATABASE },
    complaints,
  );
  await measure(midway);
} finally {
  await engines.stop();
}

async function measure(midway: Date): Promise<void> {
  const instant = (at: number) => new Date(at).toISOString();
  const period = { from: instant(Date.now() - 241 * DAY), to: instant(Date.now()) };
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
  for (const [when, asOf] of [
    ['now', new Date()],
    ['midway', midway],
  ] as const) {
    await report(`resolution-compliance, asOf ${when}`, {
      kind: 'resolution-compliance',
      groupBy: ['callTree'],
      asOf: asOf.toISOString(),
    });
  }
  await asked('verify both read models', { verify: true }, bare);
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
      `RSS ${megabytes(rssBefore)} → ${megabytes(rssPeak)} MB; ${size} ${'read' in ask || 'verify' in ask ? 'documents' : 'characters'}`,
  );
  return seconds;
}
