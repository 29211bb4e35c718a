import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '#libs/event-store/index.js';
import { createProgressWaiter, startProjector } from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import type { ComplaintLives } from '#libs/testing/projections/complaint-lives.js';
import { PROJECTIONS } from '#projections/index.js';

export interface LiveLoad {
  readonly log: EventStore;
  readonly lives: ComplaintLives;
  readonly mongoUrl: string;
  readonly database: string;
  readonly prefixes: readonly string[];
  /** Appends per second. */
  readonly rate: number;
  readonly seconds: number;
}

/**
 * From an append's acknowledgement to the moment a query that waits for it may be answered, with the projector in the
 * process that appends, as in the all-in-one product.
 * @returns milliseconds in ascending order
 */
export async function liveLag(load: LiveLoad): Promise<readonly number[]> {
  const { log, lives, rate } = load;
  const readStore = await connectReadStore({ url: load.mongoUrl, database: load.database });
  const store = projectionStoreOn(readStore);
  const projector = await startProjector({ log, store, projections: PROJECTIONS });
  const waiter = createProgressWaiter({ store, projector });
  const names = PROJECTIONS.map(({ name }) => name);
  await waiter.waitFor(names, (await log.head(load.prefixes)) ?? '', 600_000);
  const lags: number[] = [];
  const running: Promise<void>[] = [];
  const last = new Map<string, Promise<unknown>>();
  const startedAt = performance.now();
  for (let sent = 0; sent < rate * load.seconds; sent++) {
    await sleep(Math.max(0, startedAt + (sent * 1000) / rate - performance.now()));
    const { streamId, expected, events } = lives.next();
    const append = (last.get(streamId) ?? Promise.resolve()).then(() =>
      log.append(streamId, expected, events),
    );
    last.set(streamId, append);
    running.push(
      append.then(async ({ position }) => {
        const acknowledged = performance.now();
        await waiter.waitFor(names, position, 60_000);
        lags.push(performance.now() - acknowledged);
      }),
    );
  }
  await Promise.all(running);
  waiter.close();
  await projector.stop();
  await readStore.close();
  return lags.sort((a, b) => a - b);
}
