import { Registry } from 'prom-client';
import { startProjector } from '#libs/projection-engine/index.js';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { projectionHistograms } from './projection-histograms.adapter.js';

describe('the histograms of projections', () => {
  it('count every event in a batch, and the way from the append to the document only at the head of the log', async () => {
    const [log, store, registry] = [new MemoryLog(), new MemoryProjectionStore(), new Registry()];
    const tell = (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        log.record(`complaint-c${index % 7}`, index < 7 ? 'Opened' : 'Noted', { label: String(index) });
      }
    };
    const sample = async (name: string) => {
      const line = (await registry.metrics()).split('\n').find((text) => text.startsWith(`${name}{`));
      return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ') + 1));
    };
    tell(0, 40);
    const projector = await startProjector({
      log,
      store,
      projections: [tallyProjection],
      observer: projectionHistograms(registry),
      tuning: { beatMs: 10, partitions: 2 },
    });
    // At the head it goes on with a subscription that is shared by all that are there.
    await until(() => store.buildRecords.get('tally:v1')?.state === 'live' && log.subscriptions === 2);
    expect(await sample('projection_batch_events_sum')).toBe(40);
    expect(await sample('projection_visible_after_seconds_count')).toBe(0);

    tell(40, 65);
    await until(async () => (await sample('projection_visible_after_seconds_count')) === 25);
    expect(await sample('projection_batch_events_sum')).toBe(65);
    // The double's events were recorded in 2023.
    expect(await sample('projection_visible_after_seconds_sum')).toBeGreaterThan(25 * 3600);
    expect(await registry.metrics()).toContain(
      'projection_visible_after_seconds_count{projection="tally",version="1",build="0"} 25',
    );
    await projector.stop();
  });
});
