import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { createProgressWaiter, startProjector } from '../index.js';

/** Holds back the answers to one build's plans. */
class SlowPlans {
  asked = 0;
  release: () => void = () => undefined;
  private readonly released = new Promise<void>((done) => {
    this.release = done;
  });

  constructor(private readonly build: string) {}

  over(store: MemoryProjectionStore): MemoryProjectionStore {
    const advance: typeof store.checkpoints.advance = async (advances) => {
      if (advances.some(({ id, pending }) => pending !== null && id.startsWith(this.build))) {
        this.asked += 1;
        await this.released;
      }
      await store.checkpoints.advance(advances);
    };
    return Object.assign(Object.create(store) as MemoryProjectionStore, {
      checkpoints: { ...store.checkpoints, advance },
    });
  }
}

it('a plan that the store takes its time over holds up its own documents, and no other projection', async () => {
  const log = new MemoryLog();
  const store = new MemoryProjectionStore();
  const plans = new SlowPlans('slow');
  log.record('complaint-c1', 'Opened', { label: 'first' });
  const projector = await startProjector({
    log,
    store: plans.over(store),
    projections: [
      { ...tallyProjection, name: 'slow' },
      { ...tallyProjection, name: 'quick' },
    ],
    tuning: { beatMs: 10, partitions: 1 },
  });
  const waiter = createProgressWaiter({ store });
  const head = log.messages.at(-1)!.event.position;
  await until(() => plans.asked === 1);
  await waiter.waitFor(['quick'], head, 10_000);
  expect(store.collection('slow_v1').size).toBe(0);

  plans.release();
  await waiter.waitFor(['slow'], head, 10_000);
  expect(store.collection('slow_v1').size).toBe(1);
  waiter.close();
  await projector.stop();
});

it('a document that is being written is folded on from what was planned for it, also when the cache is too small for it', async () => {
  const log = new MemoryLog();
  const store = new MemoryProjectionStore();
  const plans = new SlowPlans('tally');
  log.record('complaint-c1', 'Opened', { label: 'first' });
  log.record('complaint-c2', 'Opened', { label: 'second' });
  log.record('complaint-c1', 'Noted', { label: 'behind' });
  const projector = await startProjector({
    log,
    store: plans.over(store),
    projections: [tallyProjection],
    // Two events are a batch, the third is folded while they are being written.
    tuning: { beatMs: 10, partitions: 1, cacheDocuments: 1, bufferEvents: 1, batchEvents: 2 },
  });
  await until(() => plans.asked === 1);
  // Time enough to fold what is behind; it cannot be written before the plan is.
  await sleep(50);
  plans.release();
  const waiter = createProgressWaiter({ store });
  await waiter.waitFor(['tally'], log.messages.at(-1)!.event.position, 10_000);
  expect(store.collection('tally_v1').get('c1')).toMatchObject({ trail: 'first,behind' });
  expect(projector.reports()).toMatchObject([{ retries: 0, repairs: 0 }]);
  waiter.close();
  await projector.stop();
});
