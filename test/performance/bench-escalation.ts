/**
 * How long escalation takes among many open clocks: `npm run bench:escalation -- [--open 100000] [--due 1000]`.
 * Both engines embedded, one process. "look" is what every quarter of a second costs while nothing is due; "burst" is how
 * long after one moment the level of each complaint that reaches it then is in the log, by the log's own time.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dueTimersOn } from '#apps/escalator/due-timers.adapter.js';
import { startClockwork } from '#test/escalation/clockwork.js';
import { tellOpenComplaints } from './reports/told-complaints.js';

const { values } = parseArgs({
  options: { open: { type: 'string', default: '100000' }, due: { type: 'string', default: '1000' } },
});
const open = Number(values.open);
const due = Number(values.due);
const MINUTE = 60_000;
const AT_ONCE = 64;
const LOOKS = 50;
const MOST_TO_RECEIVE_MS = 20;

const clockwork = await startClockwork('P30D');
const { readStore } = clockwork.stores;
const timers = dueTimersOn(readStore);
try {
  await wait(open);
  await caughtUp(open);
  await look();
  await burst();
} finally {
  await clockwork.stop();
}

/** Straight into the log: nothing but the read model is asked about them. */
async function wait(count: number): Promise<void> {
  const began = performance.now();
  await tellOpenComplaints(clockwork.stores.eventStore, count, 'defects', Date.now());
  console.log(`${count} open complaints in the log ${seconds(began)} s`);
}

async function receive(count: number, begunAt: number): Promise<string[]> {
  let left = count;
  const ids: string[] = [];
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while ((left -= 1) >= 0) ids.push(await clockwork.receive(begunAt));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${count} complaints received      ${seconds(began)} s`);
  return ids;
}

async function caughtUp(count: number): Promise<void> {
  const facts = await readStore.activeCollection('sla-facts');
  while ((await facts.estimatedDocumentCount()) < count) await sleep(200);
}

async function look(): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < LOOKS; round += 1) {
    const began = performance.now();
    const page = await timers.page(new Date().toISOString(), 500);
    if (page.length > 0) throw new Error('Something is due already.');
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  console.log(`look, nothing of ${open} due   median ${(took[LOOKS / 2] ?? 0).toFixed(1)} ms`);
}

/** The product's own loops with their own timing: looking, checking, appending, and telling by the log channel. */
async function burst(): Promise<void> {
  // Half of thirty days is the first level. Enough time to take them all in before.
  const moment = Date.now() + due * MOST_TO_RECEIVE_MS + 5000;
  const ids = await receive(due, moment - 15 * 24 * 60 * MINUTE);
  await caughtUp(open + due);
  if (Date.now() > moment - 1000) throw new Error('They were due before all of them were there.');
  const escalation = await clockwork.escalate(undefined, {});
  // What is not measured here: an outbox that begins reads the log from its beginning.
  while ((await escalation.outbox.position()) === undefined || Date.now() < moment - 1000) await sleep(100);
  if (Date.now() > moment - 500) throw new Error('The outbox took too long to begin.');
  await sleep(moment - Date.now());
  do await sleep(200);
  while ((await timers.page(new Date().toISOString(), 1)).length > 0);
  await escalation.stop();
  const after: number[] = [];
  for (const id of ids) {
    const events = await clockwork.escalationsOf(id);
    if (events.length !== 1) throw new Error(`${events.length} escalations of one complaint.`);
    after.push(Date.parse(events[0]?.recordedAt ?? '') - moment);
  }
  after.sort((a, b) => a - b);
  const [first = 0, median = 0, last = 0] = [0, Math.floor(due / 2), due - 1].map((place) => after[place]);
  console.log(
    `burst, ${due} due at once   in the log after ${ms(first)}, ${ms(median)} (median), ${ms(last)} (last)`,
  );
}

function ms(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(2);
}
