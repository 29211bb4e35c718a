import { once } from 'node:events';
import { connectEventStore } from '#libs/event-store/index.js';
import { startProjector, type AnyProjection, type Projection } from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { PROJECTIONS } from '#projections/index.js';

export interface BenchProjectorOptions {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly database: string;
  readonly partitions: number;
  readonly projections: 'noop' | 'one' | 'all';
}

/** What a process says of itself every 200 ms. */
export interface BenchProjectorReport {
  readonly rss: number;
  /** Seconds of CPU since it was told to start. */
  readonly cpu: number;
}

const noop: Projection = { name: 'noop', version: 1, indexes: [], fold: () => null };
const SETS: Readonly<Record<BenchProjectorOptions['projections'], readonly AnyProjection[]>> = {
  noop: [noop],
  one: PROJECTIONS.slice(0, 1),
  all: PROJECTIONS,
};

export function projectionsOf({
  projections,
}: Pick<BenchProjectorOptions, 'projections'>): readonly string[] {
  return SETS[projections].map(({ name }) => name);
}

/** A projector process, as the product runs it. It begins at the first message and ends at the second. */
async function runBenchProjector(options: BenchProjectorOptions): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  const log = await connectEventStore({ url: options.eventStoreUrl });
  const readStore = await connectReadStore({ url: options.mongoUrl, database: options.database });
  process.send?.('ready');
  await once(process, 'message');
  const cpuBefore = process.cpuUsage();
  const projector = await startProjector({
    log,
    store: projectionStoreOn(readStore),
    projections: SETS[options.projections],
    tuning: { partitions: options.partitions },
  });
  const report = () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    process.send?.({ rss: process.memoryUsage().rss, cpu: (user + system) / 1e6 });
  };
  const timer = setInterval(report, 200);
  process.on('message', () => {
    clearInterval(timer);
    report();
    void projector
      .stop()
      .then(() => readStore.close())
      .then(() => log.close())
      .finally(() => process.exit(0));
  });
}

const options = process.argv[2];
if (options?.startsWith('{')) await runBenchProjector(JSON.parse(options) as BenchProjectorOptions);
