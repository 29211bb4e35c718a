import { setTimeout as sleep } from 'node:timers/promises';
import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import {
  compareBuilds,
  createProgressWaiter,
  dropBuild,
  listParked,
  projectionStatuses,
  requestRebuild,
  retryParked,
  rollbackBuild,
  skipParked,
  startProjector,
  switchBuild,
  verifyProjection,
  type AnyProjection,
  type Projector,
} from './index.js';

const first = { name: 'tally', version: 1, build: 0 };
const admin = { by: 'admin', reason: 'told so' };

describe('read models in the hands of an operator', () => {
  let log: MemoryLog;
  let store: MemoryProjectionStore;
  let running: Projector[];

  beforeEach(() => {
    log = new MemoryLog();
    store = new MemoryProjectionStore();
    running = [];
  });
  afterEach(async () => {
    for (const projector of running) await projector.stop();
  });

  async function start(...projections: AnyProjection[]): Promise<Projector> {
    const projector = await startProjector({
      log,
      store,
      projections,
      tuning: { beatMs: 10, leaseMs: 50, backOffBaseMs: 1, dropGraceMs: 20, partitions: 3 },
    });
    running.push(projector);
    return projector;
  }

  async function caughtUp(): Promise<void> {
    const waiter = createProgressWaiter({ store });
    await waiter.waitFor(['tally'], log.messages.at(-1)?.event.position ?? '', 10_000);
    waiter.close();
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let looks = 0; looks < 500; looks++) {
      if (await holds()) return;
      await sleep(10);
    }
    throw new Error('It did not come to pass.');
  }

  function tell(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      log.record(`complaint-c${index % 7}`, index < 7 ? 'Opened' : 'Noted', { label: String(index) });
    }
  }

  function tellPoison(): void {
    tell(0, 20);
    log.record('complaint-c3', 'Poison', { label: 'bad' });
    log.record('complaint-c3', 'Noted', { label: 'behind' });
    log.record('calendar-default', 'CalendarDefined', { factor: 4 });
    tell(20, 30);
  }

  describe('a parked complaint', () => {
    it('is listed with the error, and those behind it as waiting', async () => {
      tellPoison();
      await start(tallyProjection);
      await caughtUp();
      const { items, next } = await listParked(store, first, { limit: 2 });
      expect(items.map(({ complaintId, type, waits, reason }) => [complaintId, type, waits, reason])).toEqual(
        [
          ['c3', 'Poison', false, 'Error: cannot apply bad'],
          ['c3', 'Noted', true, 'waits for an earlier event of the same complaint'],
        ],
      );
      expect(next).toBe(items[1]?._id);
      const [status] = await projectionStatuses({ store, log });
      expect(status).toMatchObject({
        active: true,
        parked: 3,
        lag: { events: 0, estimated: false, seconds: 0 },
      });
    });

    it('goes on as if nothing had been when its event is skipped, with who did it and why kept', async () => {
      tellPoison();
      await start(tallyProjection);
      await caughtUp();
      const { items } = await listParked(store, first, { limit: 1 });
      const answer = await skipParked(store, first, items[0]?._id ?? '', admin);
      expect(answer).toMatchObject({
        state: 'done',
        by: 'admin',
        reason: 'told so',
        kind: 'skip',
        revision: 3,
      });
      tell(30, 40);
      await caughtUp();
      expect(store.parkedEvents.get('parked_tally_v1')?.size).toBe(0);
      expect(storedState(store)).toEqual(cleanFold(log, new Set(['c3@3'])));
    });

    it('is not skipped by an event that only waits', async () => {
      tellPoison();
      await start(tallyProjection);
      await caughtUp();
      const { items } = await listParked(store, first, { limit: 5 });
      await expect(skipParked(store, first, items[1]?._id ?? '', admin)).rejects.toThrow('only waits');
    });

    it('stays when it is retried and nothing was mended, and goes on when it was', async () => {
      tellPoison();
      const projector = await start(tallyProjection);
      await caughtUp();
      const { items } = await listParked(store, first, { limit: 1 });
      const id = items[0]?._id ?? '';
      expect((await retryParked(store, first, id, admin)).answer).toContain('Still parked');
      await projector.stop();
      running = [];
      const mended: AnyProjection = {
        ...tallyProjection,
        fold: (document, event, factor) =>
          tallyProjection.fold(
            document as never,
            event.type === 'Poison' ? { ...event, type: 'Noted' } : event,
            factor as number,
          ),
      };
      await start(mended);
      await until(
        async () => (await retryParked(store, first, id, admin)).answer?.startsWith('Applied') ?? false,
      );
      expect(store.parkedEvents.get('parked_tally_v1')?.size).toBe(0);
      expect((await verifyProjection({ store, log, projection: mended })).sound).toBe(true);
    });
  });

  describe('a rebuild', () => {
    const second = { ...first, build: 1 };

    it('stands beside the one in use, is the same, takes over at once, can be rolled back and dropped', async () => {
      tell(0, 200);
      await start(tallyProjection);
      await caughtUp();
      await until(() => store.buildRecords.get('tally:v1')?.state === 'live');
      const id = await requestRebuild(store, {
        projection: tallyProjection,
        by: 'admin',
        switchWhenCaughtUp: false,
      });
      expect(id).toEqual(second);
      await until(() => store.buildRecords.get('tally:v1:b1')?.state === 'live');
      tell(200, 220);
      await caughtUp();
      expect(await compareBuilds(store, first, second)).toMatchObject({
        sameDigest: true,
        documents: [7, 7],
      });
      expect(store.aliases.get('tally')?.build).toBe(0);
      await expect(dropBuild(store, first)).rejects.toThrow('what queries read');
      await switchBuild(store, second, 'admin');
      expect(store.aliases.get('tally')).toMatchObject({ build: 1, previous: first, switchedBy: 'admin' });
      await rollbackBuild(store, 'tally', 'admin');
      expect(store.aliases.get('tally')?.build).toBe(0);
      await switchBuild(store, second, 'admin');
      await dropBuild(store, first);
      await until(() => store.buildRecords.get('tally:v1')?.state === 'dropped');
      expect([...store.collections.keys()]).toEqual(['tally_v1_b1']);
      tell(220, 240);
      await caughtUp();
      expect(storedState(store, 'tally_v1_b1')).toEqual(cleanFold(log));
    });

    it('fails at what it cannot apply, while the one in use goes on', async () => {
      tellPoison();
      await start(tallyProjection);
      await caughtUp();
      await requestRebuild(store, {
        projection: tallyProjection,
        by: 'admin',
        switchWhenCaughtUp: true,
      });
      await until(() => store.buildRecords.get('tally:v1:b1')?.state === 'failed');
      expect(store.buildRecords.get('tally:v1:b1')?.failure).toContain('cannot apply bad');
      expect(store.aliases.get('tally')?.build).toBe(0);
      tell(30, 40);
      await caughtUp();
      expect(storedState(store).documents).toEqual(cleanFold(log).documents);
    });

    it('of a new version takes over when it has caught up, and not before', async () => {
      tell(0, 100);
      await start(tallyProjection);
      await caughtUp();
      expect(store.aliases.get('tally')?.version).toBe(1);
      const next: AnyProjection = { ...(tallyProjection as AnyProjection), version: 2 };
      await start(tallyProjection, next);
      await until(() => store.aliases.get('tally')?.version === 2);
      expect(store.buildRecords.get('tally:v2')?.state).toBe('live');
      expect(storedState(store, 'tally_v2').documents).toEqual(cleanFold(log).documents);
    });
  });

  describe('a check against the log', () => {
    it('finds a sound read model sound, also in parts', async () => {
      tell(0, 100);
      await start(tallyProjection);
      await caughtUp();
      const found = await verifyProjection({ store, log, projection: tallyProjection, documentsAtATime: 2 });
      expect(found).toMatchObject({ sound: true, documents: 7, findings: 0 });
      expect(found.digest.kept).toBe(found.digest.documents);
    });

    it('names what was corrupted, removed and added', async () => {
      tell(0, 100);
      await start(tallyProjection);
      await caughtUp();
      const documents = store.collection('tally_v1');
      const [one, two] = [documents.get('c1'), documents.get('c2')];
      if (!one || !two) throw new Error('They were told.');
      documents.set('c1', { ...one, count: 999 });
      documents.delete('c2');
      documents.set('ghost', { ...two, _id: 'ghost' });
      const found = await verifyProjection({ store, log, projection: tallyProjection });
      expect(found).toMatchObject({
        corrupted: ['c1'],
        missing: ['c2'],
        superfluous: ['ghost'],
        sound: false,
      });
      expect(found.digest.kept).not.toBe(found.digest.documents);
    });
  });

  it('counts the lag of a projection that nobody runs', async () => {
    tell(0, 50);
    const projector = await start(tallyProjection);
    await caughtUp();
    await projector.stop();
    running = [];
    tell(50, 80);
    const [status] = await projectionStatuses({ store, log });
    expect(status).toMatchObject({
      state: 'not-running',
      lag: { events: 30, estimated: false },
      processes: 0,
    });
    expect(status?.lag.seconds).toBeGreaterThan(0);
  });
});
