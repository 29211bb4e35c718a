import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { createProgressWaiter, startProjector, verifyProjection, type AnyProjection } from '../index.js';
import { WAITS } from './parked-event.js';

/** The store takes its time over the list of parked events, and tells when it was asked to write to it. */
class SlowList {
  asked = 0;
  private release: () => void = () => undefined;
  private readonly released = new Promise<void>((done) => {
    this.release = done;
  });

  let(): void {
    this.release();
  }

  over(store: MemoryProjectionStore): MemoryProjectionStore {
    const park: typeof store.parked.park = async (...args) => {
      this.asked += 1;
      await this.released;
      await store.parked.park(...args);
    };
    return Object.assign(Object.create(store) as MemoryProjectionStore, {
      parked: { ...store.parked, park },
    });
  }
}

it('an event behind one that is only being parked waits for it, and is no gap', async () => {
  const log = new MemoryLog();
  const store = new MemoryProjectionStore();
  const list = new SlowList();
  log.record('complaint-c1', 'Opened', { label: 'first' });
  log.record('complaint-c1', 'Poison', { label: 'bad' });
  log.record('complaint-c1', 'Noted', { label: 'behind' });
  log.record('complaint-c1', 'Noted', { label: 'further behind' });
  const projector = await startProjector({
    log,
    store: list.over(store),
    projections: [tallyProjection],
    // Every event is a batch of its own, so that the next one is folded while it is being written.
    tuning: { beatMs: 10, partitions: 1, batchEvents: 1, bufferEvents: 1 },
  });
  await until(() => list.asked === 1);
  // Time enough to fold what is behind; it cannot be written before the list is.
  await sleep(50);
  list.let();

  const waiter = createProgressWaiter({ store });
  await waiter.waitFor(['tally'], log.messages.at(-1)!.event.position, 10_000);
  waiter.close();
  const rows = [...store.parkedEvents.get('parked_tally_v1')!.values()];
  expect(rows.map(({ revision, waits, reason }) => [revision, waits, reason])).toEqual([
    [1, false, 'Error: cannot apply bad'],
    [2, true, WAITS],
    [3, true, WAITS],
  ]);
  expect([...store.records.values()].map(({ parked }) => parked)).toEqual([3]);
  const projection = tallyProjection as AnyProjection;
  expect((await verifyProjection({ store, log, projection })).sound).toBe(true);
  await projector.stop();
});
