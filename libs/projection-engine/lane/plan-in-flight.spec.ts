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
