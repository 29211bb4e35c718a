import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectEventStore, type EventStore } from '#libs/event-store/index.js';
import { openRawLog, type RawLog } from '#libs/event-store/testing/raw-log.js';
import {
  buildKey,
  createProgressWaiter,
  verifyProjection,
  type ProjectionStore,
  type ProjectorTuning,
  type Verification,
} from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import type { TestEngines } from '#libs/testing/embedded-engines.js';
import {
  ComplaintLives,
  redefineCalendar,
  tell,
  tellConfiguration,
} from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { compareParked } from './compare-parked.js';
import { PROJECTIONS } from '#projections/index.js';

export interface ChildOptions {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly database: string;
  readonly tuning: Partial<ProjectorTuning>;
  /** Of the mischief that its line to the log makes. */
  readonly seed: number;
}

export interface CrashReport {
  readonly seed: number;
  readonly kills: number;
  readonly pauses: number;
  /** Batches that were found unfinished and repeated, as far as a look between two kills showed them. */
  readonly unfinished: number;
  readonly parked: number;
  readonly verifications: readonly (Verification & {
    readonly projection: string;
    /** Ids that should be parked and are not, or the other way round; a count that is wrong. */
    readonly parked: readonly string[];
  })[];
}

const tuning: Partial<ProjectorTuning> = {
  beatMs: 150,
  leaseMs: 1200,
  backOffBaseMs: 20,
  bufferEvents: 60,
  batchEvents: 60,
  cacheDocuments: 40,
  partitions: 3,
};

/** One log for all runs of a suite: every run builds read models of its own from it, while it grows. */
export class CrashScene {
  private calendarRevision = 0;

  private constructor(
    private readonly engines: TestEngines,
    private readonly log: EventStore,
    private readonly lives: ComplaintLives,
    private readonly raw: RawLog,
  ) {}

  static async open(engines: TestEngines, events: number): Promise<CrashScene> {
    const log = await connectEventStore({ url: engines.eventStore.url });
    const lives = new ComplaintLives(seededRandom(7), 150, 'crash');
    await tellConfiguration(log, lives);
    const raw = openRawLog(engines.eventStore.url);
    const scene = new CrashScene(engines, log, lives, raw);
    for (let told = 0; told < events; told += 100) {
      await tell(log, lives, 100);
      await scene.spoil();
    }
    return scene;
  }

  async close(): Promise<void> {
    await this.raw.close();
    await this.log.close();
  }

  /** Kills and pauses projectors at moments that the seed decides, then lets one finish and checks every document. */
  async run(seed: number, rounds = 3): Promise<CrashReport> {
    const random = seededRandom(seed);
    const database = `crash_${seed}`;
    const readStore = await connectReadStore({ url: this.engines.mongo.url, database });
    const store = projectionStoreOn(readStore);
    const children: ChildProcess[] = [];
    let [kills, pauses, unfinished] = [0, 0, 0];
    try {
      children.push(await this.start(database, random), await this.start(database, random));
      for (let round = 0; round < rounds; round++) {
        await Promise.all([this.grow(random), sleep(random() * 250)]);
        const victim = children.splice(Math.floor(random() * children.length), 1)[0];
        if (victim && random() < 0.25) {
          // Long enough for the others to take over: it comes back with writes for what is no longer its own.
          victim.kill('SIGSTOP');
          await sleep(1400 + random() * 300);
          victim.kill('SIGCONT');
          children.push(victim);
          pauses += 1;
        } else if (victim) {
          await kill(victim);
          unfinished += await pendingPartitions(store);
          children.push(await this.start(database, random));
          kills += 1;
        }
      }
      await this.caughtUp(store);
      for (const child of children.splice(0)) await kill(child);
      return { seed, kills, pauses, unfinished, ...(await this.verify(store)) };
    } finally {
      for (const child of children) await kill(child);
      await readStore.close();
    }
  }

  private async grow(random: () => number): Promise<void> {
    await tell(this.log, this.lives, Math.floor(random() * 60), 8);
    if (random() < 0.4) await redefineCalendar(this.log, this.lives, this.calendarRevision++);
    if (random() < 0.2) await this.spoil();
  }

  /** An event that nobody can read, in the midst of a complaint: it parks with all behind it. */
  private async spoil(): Promise<void> {
    const streamId = this.lives.spoil();
    if (streamId) await this.raw.append(streamId, { type: 'ComplaintRouted', data: ['no', 'object'] });
  }

  private async start(database: string, random: () => number): Promise<ChildProcess> {
    const options: ChildOptions = {
      eventStoreUrl: this.engines.eventStore.url,
      mongoUrl: this.engines.mongo.url,
      database,
      tuning,
      seed: Math.floor(random() * 2 ** 31),
    };
    const child = fork(childMain(), [JSON.stringify(options)], { execArgv: [] });
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (child.exitCode !== null)
      throw new Error(`The projector ended at its start with code ${child.exitCode}.`);
    return child;
  }

  private async caughtUp(store: ProjectionStore): Promise<void> {
    const head = await this.log.head(['complaint-', 'calendar-']);
    const waiter = createProgressWaiter({ store });
    await waiter.waitFor(
      PROJECTIONS.map(({ name }) => name),
      head ?? '',
      120_000,
    );
    waiter.close();
  }

  private async verify(store: ProjectionStore): Promise<Pick<CrashReport, 'verifications' | 'parked'>> {
    const verifications = [];
    let parked = 0;
    for (const projection of PROJECTIONS) {
      const found = await verifyProjection({ store, log: this.log, projection });
      const list = await compareParked(store, this.log, projection);
      parked += list.rows;
      const sound = found.sound && list.differences.length === 0;
      verifications.push({ projection: projection.name, ...found, sound, parked: list.differences });
    }
    return { verifications, parked };
  }
}

async function pendingPartitions(store: ProjectionStore): Promise<number> {
  const keys = PROJECTIONS.map(({ name, version }) => buildKey({ name, version, build: 0 }));
  return (await store.checkpoints.read(keys)).filter(({ pending }) => pending !== null).length;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Children run from dist/, also when this file itself runs from its source. */
function childMain(): string {
  const here = import.meta.url.endsWith('.ts') ? '../../dist/test/crash/' : './';
  return fileURLToPath(new URL(`${here}projector-child.js`, import.meta.url));
}
