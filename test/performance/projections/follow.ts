import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createProgressWaiter } from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { projectionsOf, type BenchProjectorOptions, type BenchProjectorReport } from './bench-projector.js';

export interface Followed {
  readonly seconds: number;
  /** Seconds of CPU of all projector processes. */
  readonly cpu: number;
  /** Bytes, of the largest projector process: at a quarter, half, three quarters and the whole of the time, and the peak. */
  readonly rss: readonly number[];
  readonly peak: number;
}

/** From the moment the processes are told to begin until every projection has reached the head. */
export async function follow(
  options: BenchProjectorOptions,
  processes: number,
  head: string,
): Promise<Followed> {
  const readStore = await connectReadStore({ url: options.mongoUrl, database: options.database });
  const waiter = createProgressWaiter({ store: projectionStoreOn(readStore) });
  const running = Array.from({ length: processes }, () => new BenchProjector(options));
  try {
    await Promise.all(running.map((one) => one.ready));
    const startedAt = performance.now();
    for (const one of running) one.begin();
    await waiter.waitFor(projectionsOf(options), head, 3_600_000);
    const seconds = (performance.now() - startedAt) / 1000;
    await Promise.all(running.map((one) => one.stop()));
    const samples = running.map(({ reports }) => reports);
    const rssAt = (share: number) =>
      Math.max(...samples.map((reports) => reports.at(Math.ceil(reports.length * share) - 1)?.rss ?? 0));
    return {
      seconds,
      cpu: samples.reduce((sum, reports) => sum + (reports.at(-1)?.cpu ?? 0), 0),
      rss: [0.25, 0.5, 0.75, 1].map(rssAt),
      peak: Math.max(...samples.flatMap((reports) => reports.map(({ rss }) => rss))),
    };
  } finally {
    for (const one of running) one.kill();
    waiter.close();
    await readStore.close();
  }
}

/** A projector process of the benchmark, and what it said of itself. */
export class BenchProjector {
  readonly reports: BenchProjectorReport[] = [];
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;

  constructor(options: BenchProjectorOptions) {
    const module = fileURLToPath(new URL('bench-projector.js', import.meta.url));
    this.child = fork(module, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.ready = once(this.child, 'message').then(() => {
      this.child.on('message', (report) => this.reports.push(report as BenchProjectorReport));
    });
  }

  begin(): void {
    this.child.send('begin');
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.send('stop');
    await gone;
  }

  kill(): void {
    if (this.child.exitCode === null) this.child.kill('SIGKILL');
  }
}
