import { setTimeout as sleep } from 'node:timers/promises';
import { requestRebuild } from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { PROJECTIONS } from '#projections/index.js';
import type { BenchProjectorOptions } from './bench-projector.js';
import { BenchProjector } from './follow.js';

export interface Rebuilt {
  /** Until the new build had taken over. */
  readonly seconds: number;
  /** Of the queries that were asked all the time, in milliseconds. */
  readonly longestRead: number;
  readonly reads: number;
  readonly rss: readonly number[];
  readonly peak: number;
}

/** A second build of one projection beside the first, while queries ask for the active one all the time. */
export async function rebuild(options: BenchProjectorOptions): Promise<Rebuilt> {
  const [projection] = PROJECTIONS;
  if (!projection) throw new Error('There is no projection to rebuild.');
  const readStore = await connectReadStore({ url: options.mongoUrl, database: options.database });
  const store = projectionStoreOn(readStore);
  const running = new BenchProjector(options);
  try {
    await running.ready;
    running.begin();
    // The first build counts as live some beats after it has reached the head.
    while ((await store.builds.all()).some(({ state }) => state === 'catching-up')) await sleep(50);
    const startedAt = performance.now();
    const id = await requestRebuild(store, { projection, by: 'bench', switchWhenCaughtUp: true });
    let longestRead = 0;
    let reads = 0;
    for (;;) {
      const askedAt = performance.now();
      const collection = await readStore.activeCollection<{ _id: string }>(projection.name);
      if (!(await collection.findOne())) throw new Error('A read found nothing.');
      longestRead = Math.max(longestRead, performance.now() - askedAt);
      reads += 1;
      const active = (await store.builds.active()).find(({ name }) => name === projection.name);
      if (active?.build === id.build) break;
      await sleep(5);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    await running.stop();
    const { reports } = running;
    const rss = [0.25, 0.5, 0.75, 1].map(
      (share) => reports.at(Math.ceil(reports.length * share) - 1)?.rss ?? 0,
    );
    return { seconds, longestRead, reads, rss, peak: Math.max(...reports.map((report) => report.rss)) };
  } finally {
    running.kill();
    await readStore.close();
  }
}
