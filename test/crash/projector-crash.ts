import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { connectEventStore, type EventStore } from '#libs/event-store/index.js';
import { openRawLog, type RawLog } from '#libs/event-store/testing/raw-log.js';
import {
  verifyProjection,
  type ProjectionStore,
  type ProjectorTuning,
  type Verification,
} from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import {
  ComplaintLives,
  redefineCalendar,
  tell,
  tellConfiguration,
} from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { PROJECTIONS } from '#projections/index.js';
import { awaitProgress, BUILD_KEYS } from './await-progress.js';
import { compareParked } from './compare-parked.js';
import { ProjectorProcess } from './projector-process.js';

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

const MONGO_TEST_URL = process.env['MONGO_TEST_URL'] ?? '';

const tuning: Partial<ProjectorTuning> = {
  beatMs: 150,
  leaseMs: 1200,
  backOffBaseMs: 20,
  bufferEvents: 60,
  batchEvents: 60,
  cacheDocuments: 40,
  partitions: 3,
};

/**
 * One log for some runs: every run builds read models of its own from it, while it grows. With `MONGO_TEST_URL` the read
 * models go to that server instead of the embedded engine.
 */
export class CrashScene {
  private calendarRevision = 0;

  private constructor(
    private readonly engines: readonly TestEngine[],
    private readonly eventStoreUrl: string,
    private readonly mongoUrl: string,
    private readonly log: EventStore,
    private readonly lives: ComplaintLives,
    private readonly raw: RawLog,
  ) {}

  /** @param story decides what the log tells */
  static async open(events: number, story = 7): Promise<CrashScene> {
    const [eventStore, mongo] = await Promise.all([
      startTestEngine('eventstore'),
      MONGO_TEST_URL ? undefined : startTestEngine('mongodb'),
    ]);
    // The harness itself may be held up between two events, and must not take that for a silent server.
    const log = await connectEventStore({ url: eventStore.url, readTimeoutMs: 600_000 });
    const lives = new ComplaintLives(seededRandom(story), 150, 'crash');
    await tellConfiguration(log, lives);
    const raw = openRawLog(eventStore.url);
    const engines = mongo ? [eventStore, mongo] : [eventStore];
    const mongoUrl = mongo?.url ?? MONGO_TEST_URL;
    const scene = new CrashScene(engines, eventStore.url, mongoUrl, log, lives, raw);
    for (let told = 0; told < events; told += 100) {
      await tell(log, lives, Math.min(100, events - told));
      await scene.spoil();
    }
    return scene;
  }

  async close(): Promise<void> {
    await this.raw.close();
    await this.log.close();
    await Promise.all(this.engines.map((engine) => engine.stop()));
  }

  /** Kills and pauses projectors at moments that the seed decides, then lets one finish and checks every document. */
  async run(seed: number, rounds = 3): Promise<CrashReport> {
    const random = seededRandom(seed);
    const database = `crash_${process.pid}_${seed}`;
    const readStore = await connectReadStore({ url: this.mongoUrl, database });
    const store = projectionStoreOn(readStore);
    const projectors: ProjectorProcess[] = [];
    let [kills, pauses, unfinished] = [0, 0, 0];
    try {
      projectors.push(...(await Promise.all([this.start(database, random), this.start(database, random)])));
      for (let round = 0; round < rounds; round++) {
        await Promise.all([this.grow(random), sleep(random() * 250)]);
        const index = Math.floor(random() * projectors.length);
        const victim = projectors[index]!;
        victim.mustLive();
        if (random() < 0.25) {
          // Long enough for the others to take over: it comes back with writes for what is no longer its own.
          victim.pause();
          await sleep(1400 + random() * 300);
          victim.resume();
          pauses += 1;
        } else {
          await victim.end('SIGKILL');
          unfinished += await pendingPartitions(store);
          projectors.splice(index, 1, await this.start(database, random));
          kills += 1;
        }
      }
      await awaitProgress(store, (await this.log.head(['complaint-', 'calendar-'])) ?? '', projectors);
      await Promise.all(projectors.splice(0).map((projector) => projector.end('SIGKILL')));
      return { seed, kills, pauses, unfinished, ...(await this.verify(store)) };
    } finally {
      await Promise.all(projectors.map((projector) => projector.end('SIGKILL')));
      await readStore.close();
      await dropDatabase(this.mongoUrl, database);
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

  private async start(database: string, random: () => number): Promise<ProjectorProcess> {
    return await ProjectorProcess.start({
      eventStoreUrl: this.eventStoreUrl,
      mongoUrl: this.mongoUrl,
      database,
      tuning,
      seed: Math.floor(random() * 2 ** 31),
    });
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
  return (await store.checkpoints.read(BUILD_KEYS)).filter(({ pending }) => pending !== null).length;
}

async function dropDatabase(url: string, database: string): Promise<void> {
  const client = new MongoClient(url);
  try {
    await client.db(database).dropDatabase();
  } finally {
    await client.close();
  }
}
