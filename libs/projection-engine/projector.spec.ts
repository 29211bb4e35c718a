import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { projectionStatuses } from './progress/projection-status.js';
import { createProgressWaiter } from './progress/wait-for-progress.js';
import type { AnyProjection, Projection } from './projection.js';
import { startProjector, type Projector } from './projector.js';
import type { ProjectorTuning } from './projector-options.js';

const tuning: Partial<ProjectorTuning> = { beatMs: 20, leaseMs: 100, backOffBaseMs: 1, stallMs: 100 };

describe('the projector', () => {
  let log: MemoryLog;
  let store: MemoryProjectionStore;
  const running: Projector[] = [];

  beforeEach(() => {
    log = new MemoryLog();
    store = new MemoryProjectionStore();
  });
  afterEach(async () => {
    for (const projector of running.splice(0)) await projector.stop();
  });

  async function start(
    more: Partial<ProjectorTuning> = {},
    projections: readonly AnyProjection[] = [tallyProjection],
  ): Promise<Projector> {
    const projector = await startProjector({
      log,
      store,
      projections,
      tuning: { ...tuning, ...more },
    });
    running.push(projector);
    return projector;
  }

  async function caughtUp(): Promise<void> {
    const position = log.messages.at(-1)?.event.position ?? '';
    const waiter = createProgressWaiter({ store });
    await waiter.waitFor(['tally'], position, 10_000);
    waiter.close();
  }

  function reached(position: string): boolean {
    const records = [...store.records.values()];
    return records.length > 0 && records.every((record) => (record.position ?? '') >= position);
  }

  function tell(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const id = `complaint-c${(index * 7) % 11}`;
      const label = String(index);
      if (index % 29 === 28) log.record('calendar-default', 'CalendarDefined', { factor: index });
      else log.record(id, index < 11 ? 'Opened' : index % 13 === 0 ? 'Closed' : 'Noted', { label });
    }
  }

  it('holds what a plain fold of the log gives', async () => {
    tell(0, 300);
    await start();
    await caughtUp();
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('goes on live', async () => {
    tell(0, 50);
    await start();
    await caughtUp();
    tell(50, 300);
    await caughtUp();
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('writes what has come although more keeps coming', async () => {
    const note = (complaint: number) => log.record(`complaint-n${complaint}`, 'Noted', { label: 'more' });
    for (let told = 0; told < 3000; told++) log.record(`complaint-n${told}`, 'Opened', { label: 'first' });
    const { documents } = store;
    const load: typeof documents.load = async (...args) => {
      await sleep(1);
      return await documents.load(...args);
    };
    store = Object.assign(Object.create(store) as MemoryProjectionStore, {
      documents: { ...documents, load },
    });
    await start({ cacheDocuments: 1 });
    await caughtUp();
    const first = note(0).position;
    let told = 1;
    // Something in every turn of the event loop, while folding waits for the store: the buffer is never empty.
    while (!reached(first) && told < 3000) {
      note(told++);
      await turn();
    }
    expect(reached(first)).toBe(true);
    await caughtUp();
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('says how far a projection is that has nothing to write, although more keeps coming', async () => {
    const quiet: Projection = { name: 'quiet', version: 1, indexes: [], fold: () => null };
    for (let told = 0; told < 500; told++) log.record(`complaint-n${told}`, 'Opened', {});
    let isTelling = false;
    const { documents } = store;
    const load: typeof documents.load = async (...args) => {
      // Until more has been told and delivered: the buffer is never empty when a batch has been folded.
      for (const { length } = log.messages; isTelling && log.messages.length < length + 10;) await turn();
      return await documents.load(...args);
    };
    store = Object.assign(Object.create(store) as MemoryProjectionStore, {
      documents: { ...documents, load },
    });
    await start({ cacheDocuments: 1, beatMs: 60_000, leaseMs: 600_000 }, [quiet]);
    while (!reached(log.messages.at(-1)?.event.position ?? '')) await turn();
    isTelling = true;
    const first = log.record('complaint-n0', 'Noted', {}).position;
    for (let told = 1; !reached(first) && told < 2000; told++) {
      log.record(`complaint-n${told % 500}`, 'Noted', {});
      await turn();
    }
    isTelling = false;
    expect(reached(first)).toBe(true);
  });

  it('writes a batch behind the head that has grown for its time, full or not', async () => {
    // As if the subscription could never keep up.
    log.head = () => Promise.resolve('~');
    for (let told = 0; told < 15_000; told++)
      log.record(`complaint-c${told % 10}`, told < 10 ? 'Opened' : 'Noted', { label: 'more' });
    let delivered = 0;
    log.mischief = { repeats: () => (delivered += 1) < 0 };
    await start({ growMs: 10, stallMs: 60_000 });
    const first = log.messages[0]?.event.position ?? '';
    while (!reached(first)) await turn();
    expect(delivered).toBeLessThan(15_000);
  });

  it('goes on after a quiet end, an error and a repeated delivery (P-4, P-5, P-6)', async () => {
    let messages = 0;
    log.mischief = {
      endsQuietly: () => ++messages % 41 === 0,
      fails: () => messages % 37 === 0,
      repeats: () => messages % 5 === 0,
    };
    tell(0, 400);
    await start();
    await caughtUp();
    expect(log.subscriptions).toBeGreaterThan(5);
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('tells of restarts, repairs and batches also when it has come from catching up to the head since', async () => {
    let isBroken = false;
    log.mischief = { fails: ({ event }) => !isBroken && event.revision === 5 && (isBroken = true) };
    tell(0, 200);
    await start();
    await caughtUp();
    while ([...store.buildRecords.values()][0]?.state !== 'live') await sleep(5);
    await sleep(100);
    const [status] = await projectionStatuses({ store, log });
    expect(status).toMatchObject({ state: 'running', retries: 1, repairs: 0 });
    expect(status?.lastBatch).toBeGreaterThan(0);
  });

  it('notices a subscription that has fallen silent (P-7)', async () => {
    let stalled = false;
    log.mischief = { stalls: ({ event }) => !stalled && event.revision === 5 && (stalled = true) };
    tell(0, 200);
    await start();
    await caughtUp();
    expect(stalled).toBe(true);
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('is caught up with what is stored, not with what has been delivered (P-13)', async () => {
    tell(0, 100);
    let release: () => void = () => undefined;
    const released = new Promise<void>((done) => {
      release = done;
    });
    let asked = 0;
    const { documents } = store;
    const write: typeof documents.write = async (...args) => {
      asked += 1;
      await released;
      await documents.write(...args);
    };
    store = Object.assign(Object.create(store) as MemoryProjectionStore, {
      documents: { ...documents, write },
    });
    await start();
    while (asked === 0) await sleep(5);
    // Everything has been handed over, several rounds have looked, and nothing is in the documents yet.
    await sleep(100);
    const [build] = [...store.buildRecords.values()];
    expect(build?.state).toBe('catching-up');
    release();
    await caughtUp();
    while ([...store.buildRecords.values()][0]?.state !== 'live') await sleep(5);
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('shares partitions with processes that come, and takes over from one that goes', async () => {
    tell(0, 100);
    const first = await start();
    const second = await start();
    await sleep(200);
    const owners = new Set([...store.records.values()].map(({ owner }) => owner));
    expect(owners).toEqual(new Set([first.memberId, second.memberId]));
    tell(100, 200);
    await caughtUp();
    await first.stop();
    tell(200, 300);
    await caughtUp();
    expect(storedState(store)).toEqual(cleanFold(log));
    expect(new Set([...store.records.values()].map(({ owner }) => owner))).toEqual(
      new Set([second.memberId]),
    );
  });

  it('refuses a log that ends before its checkpoint', async () => {
    tell(0, 100);
    const projector = await start();
    await caughtUp();
    await projector.stop();
    log = new MemoryLog();
    tell(0, 50);
    await expect(start()).rejects.toThrow('belong to another log');
  });

  it('parks an event that cannot be applied with those behind it, and lets others pass', async () => {
    tell(0, 30);
    log.record('complaint-c3', 'Poison', { label: 'x' });
    log.record('complaint-c3', 'Noted', { label: 'behind' });
    log.recordUndecodable('complaint-c4', 'Unknown');
    tell(30, 60);
    await start();
    await caughtUp();
    expect(storedState(store)).toEqual(cleanFold(log));
    const rows = [...(store.parkedEvents.get('parked_tally_v1')?.values() ?? [])];
    expect(rows.filter(({ waits }) => !waits).map(({ complaintId, type }) => [complaintId, type])).toEqual([
      ['c3', 'Poison'],
      ['c4', 'Unknown'],
    ]);
  });
});
