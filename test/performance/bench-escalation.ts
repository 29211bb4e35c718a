/**
 * How long escalation takes among many open clocks: `npm run bench:escalation -- [--open 100000] [--due 1000]`.
 * Both engines embedded, one process. "look" is what every quarter of a second costs while nothing is due; "sweep" reads,
 * checks and appends one level for each complaint that is due.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dueTimersOn } from '#apps/escalator/due-timers.adapter.js';
import { escalateComplaint, Sweeper } from '#libs/escalation/index.js';
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

const clockwork = await startClockwork('P30D');
const { readStore } = clockwork.stores;
const timers = dueTimersOn(readStore);
try {
  await wait(open);
  await caughtUp(open);
  await look();
  // Half of thirty days is the first level.
  await receive(due, () => Date.now() - 15 * 24 * 60 * MINUTE - MINUTE);
  await caughtUp(open + due);
  await sweep();
} finally {
  await clockwork.stop();
}

/** Straight into the log: nothing but the read model is asked about them. */
async function wait(count: number): Promise<void> {
  const began = performance.now();
  await tellOpenComplaints(clockwork.stores.eventStore, count, 'defects', Date.now());
  console.log(`${count} open complaints in the log ${seconds(began)} s`);
}

async function receive(count: number, begunAt: () => number): Promise<void> {
  let left = count;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while ((left -= 1) >= 0) await clockwork.receive(begunAt());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${count} complaints received      ${seconds(began)} s`);
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

async function sweep(): Promise<void> {
  const sweeper = new Sweeper({
    timers,
    escalate: (id) => escalateComplaint(clockwork.escalating, id),
    now: () => new Date().toISOString(),
    onFailure: (_id, error) => {
      throw error;
    },
  });
  const { signal } = new AbortController();
  // What passed a while ago is first seen, then looked at when it has stood still for a second.
  await sweeper.sweep(signal);
  await sleep(1100);
  const began = performance.now();
  const { escalated } = await sweeper.sweep(signal);
  const rate = Math.round(escalated / ((performance.now() - began) / 1000));
  console.log(`sweep, ${escalated} of ${open + due} due      ${seconds(began)} s, ${rate} per second`);
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(2);
}
