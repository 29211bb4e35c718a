import { setTimeout as sleep } from 'node:timers/promises';
import { connectEventStore, type EventStore } from '#libs/event-store/index.js';
import {
  verifyProjection,
  type CheckpointRecord,
  type ProjectionStore,
} from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn, type ReadStore } from '#libs/read-store/index.js';
import { startTestEngines, type TestEngines } from '#libs/testing/embedded-engines.js';
import { ComplaintLives, tell, tellConfiguration } from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { removeDataDir, temporaryDataDir } from '#libs/testing/running-product.js';
import { PROJECTIONS } from '#projections/index.js';
import { awaitProgress, BUILD_KEYS } from './await-progress.js';
import { ProjectorApp } from './projector-app.js';

/** What happened, and how long it took until every partition had an owner among those who live, and each of them its share. */
export interface Rebalanced {
  readonly what: string;
  readonly ms: number;
}

/** Several projector processes that share the partitions of all projections while the log grows. */
export class Rebalancing {
  readonly steps: Rebalanced[] = [];
  private readonly apps: ProjectorApp[] = [];
  private readonly telling = new AbortController();
  private told: Promise<void> = Promise.resolve();

  private constructor(
    private readonly engines: TestEngines,
    private readonly dataDir: string,
    private readonly log: EventStore,
    private readonly readStore: ReadStore,
    private readonly store: ProjectionStore,
    private readonly random: () => number,
  ) {}

  static async open(seed: number): Promise<Rebalancing> {
    const engines = await startTestEngines();
    const log = await connectEventStore({ url: engines.eventStore.url });
    const readStore = await connectReadStore({ url: engines.mongo.url });
    const [dataDir, store] = [await temporaryDataDir(), projectionStoreOn(readStore)];
    return new Rebalancing(engines, dataDir, log, readStore, store, seededRandom(seed));
  }

  async close(): Promise<void> {
    this.telling.abort();
    await Promise.allSettled([this.told, ...this.apps.map((app) => app.end('SIGKILL'))]);
    await this.log.close();
    await this.readStore.close();
    await this.engines.stop();
    await removeDataDir(this.dataDir);
  }

  /** The log grows from now on, at some dozen events a second. */
  async begin(): Promise<void> {
    const lives = new ComplaintLives(this.random, 40, 'rebalancing');
    await tellConfiguration(this.log, lives);
    await tell(this.log, lives, 200);
    this.told = (async () => {
      while (!this.telling.signal.aborted) {
        await tell(this.log, lives, 5, 4);
        await sleep(50);
      }
    })();
  }

  async join(count = 1): Promise<void> {
    const servers = { EVENTSTORE_URL: this.engines.eventStore.url, MONGODB_URL: this.engines.mongo.url };
    const began = performance.now();
    const starts = Array.from({ length: count }, () => ProjectorApp.start(this.dataDir, servers));
    this.apps.push(...(await Promise.all(starts)));
    await this.shared(`${count} more`, this.apps, began);
  }

  async killOne(): Promise<void> {
    const app = this.pick();
    this.apps.splice(this.apps.indexOf(app), 1);
    const began = performance.now();
    await app.end('SIGKILL');
    await this.shared('one killed', this.apps, began);
  }

  /** Stopped in the midst of its work for longer than a lease: it comes back with writes for what others own by then. */
  async stunOne(): Promise<void> {
    const app = this.pick();
    const began = performance.now();
    app.pause();
    try {
      await this.shared(
        'one stopped',
        this.apps.filter((other) => other !== app),
        began,
      );
      // The others go on with what was its own, past whatever it had under way.
      await sleep(500);
    } finally {
      app.resume();
    }
    await this.shared('it comes back', this.apps, performance.now());
  }

  /** Ends the telling and the processes. @returns what a clean fold of the log finds wrong, nothing when all is well */
  async verify(): Promise<readonly string[]> {
    this.telling.abort();
    await this.told;
    const head = await this.log.head(['complaint-', 'calendar-']);
    await awaitProgress(this.store, head ?? '', this.apps);
    await Promise.all(this.apps.map((app) => app.end('SIGTERM')));
    const wrong: string[] = [];
    for (const projection of PROJECTIONS) {
      const found = await verifyProjection({ store: this.store, log: this.log, projection });
      if (!found.sound || found.documents === 0) wrong.push(`${projection.name}: ${JSON.stringify(found)}`);
    }
    return wrong;
  }

  private pick(): ProjectorApp {
    return this.apps[Math.floor(this.random() * this.apps.length)]!;
  }

  /** Every partition is owned by one of them, and none of them has more than one more than another of any build. */
  private async shared(what: string, among: readonly ProjectorApp[], began: number): Promise<void> {
    let shares = '';
    for (let looks = 0; looks < 600; looks++) {
      for (const app of among) app.mustLive();
      const [records, members] = [
        await this.store.checkpoints.read(BUILD_KEYS),
        await this.store.members.all(),
      ];
      const pids = new Map(members.map(({ _id, pid }) => [_id, pid]));
      const wanted = new Set(among.map(({ pid }) => pid));
      if (records.length > 0 && BUILD_KEYS.every((key) => isShared(records, key, pids, wanted))) {
        this.steps.push({ what, ms: performance.now() - began });
        return;
      }
      shares = records.map(({ _id, owner }) => `${_id} ${pids.get(owner ?? '') ?? owner}`).join(', ');
      await sleep(100);
    }
    throw new Error(`Not shared among ${among.map(({ pid }) => pid).join(', ')} after "${what}": ${shares}`);
  }
}

function isShared(
  records: readonly CheckpointRecord[],
  build: string,
  pids: ReadonlyMap<string, number>,
  wanted: ReadonlySet<number>,
): boolean {
  const counts = new Map([...wanted].map((pid) => [pid, 0]));
  for (const { owner } of records.filter((record) => record.build === build)) {
    const pid = pids.get(owner ?? '');
    const count = pid === undefined ? undefined : counts.get(pid);
    if (pid === undefined || count === undefined) return false;
    counts.set(pid, count + 1);
  }
  return Math.max(...counts.values()) - Math.min(...counts.values()) <= 1;
}
