import { setTimeout as sleep } from 'node:timers/promises';
import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { UnreliableStore } from '#libs/testing/projections/unreliable-store.js';
import { createProgressWaiter } from './progress/wait-for-progress.js';
import { startProjector, type Projector } from './projector.js';

/** Seeds to run; raise by `CRASH_SIMULATIONS=2000` for a long search. */
const runs = Number(process.env['CRASH_SIMULATIONS'] ?? 40);
const firstSeed = Number(process.env['CRASH_SEED'] ?? 1);

interface Instance {
  readonly store: UnreliableStore;
  readonly projector: Projector;
}

/**
 * Processes that die between any two writes, connections that break and come back, writes that arrive late, a log that
 * delivers twice: all decided by a seed.
 */
class Simulation {
  readonly log: MemoryLog;
  readonly store = new MemoryProjectionStore();
  private readonly random: () => number;
  private readonly instances: Instance[] = [];
  private events = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.log = new MemoryLog({
      endsQuietly: () => this.chance(0.003),
      fails: () => this.chance(0.003),
      repeats: () => this.chance(0.05),
    });
  }

  async run(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      this.tell(Math.floor(this.random() * 60));
      if (this.instances.length < 2 || this.chance(0.4)) await this.start();
      await sleep(Math.floor(this.random() * 12));
      if (this.instances.length > 1 || this.chance(0.5)) this.killOne();
    }
    await this.start();
    await this.caughtUp();
  }

  async stop(): Promise<void> {
    for (const { projector } of this.instances) await projector.stop();
  }

  private async start(): Promise<void> {
    const store = new UnreliableStore(this.store, async () => {
      if (this.chance(0.02)) throw new Error('connection lost');
      if (this.chance(0.05)) await sleep(Math.floor(this.random() * 8));
      else if (this.chance(0.2)) await sleep(0);
    });
    for (;;) {
      try {
        const projector = await startProjector({
          log: this.log,
          store,
          projections: [tallyProjection],
          tuning: {
            beatMs: 4,
            leaseMs: 12,
            backOffBaseMs: 1,
            partitions: 3,
            bufferEvents: 17,
            batchEvents: 17,
            cacheDocuments: 3,
          },
        });
        this.instances.push({ store, projector });
        return;
      } catch {
        await sleep(1);
      }
    }
  }

  private killOne(): void {
    const index = Math.floor(this.random() * this.instances.length);
    const [victim] = this.instances.splice(index, 1);
    victim?.store.kill();
    // Its loops end by and by; until then they try to write, as a process does that does not know it is cut off.
    void victim?.projector.stop().catch(() => undefined);
  }

  private tell(count: number): void {
    for (let told = 0; told < count; told++, this.events++) {
      const id = `complaint-c${Math.floor(this.random() * 9)}`;
      const label = String(this.events);
      if (this.chance(0.04)) this.log.record('calendar-default', 'CalendarDefined', { factor: this.events });
      else this.log.record(id, this.typeOfEvent(), { label });
    }
  }

  private typeOfEvent(): string {
    if (this.chance(0.25)) return 'Opened';
    if (this.chance(0.1)) return 'Closed';
    if (this.chance(0.05)) return 'Removed';
    return this.chance(0.01) ? 'Poison' : 'Noted';
  }

  private async caughtUp(): Promise<void> {
    const waiter = createProgressWaiter({ store: this.store });
    const position = this.log.messages.at(-1)?.event.position ?? '';
    await waiter.waitFor(['tally'], position, 20_000);
    waiter.close();
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }
}

describe('a read model through crashes of its projectors', () => {
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);

  it.each(seeds)('equals a clean fold, document by document and by digest (seed %i)', async (seed) => {
    const simulation = new Simulation(seed);
    try {
      await simulation.run();
      expect(storedState(simulation.store)).toEqual(cleanFold(simulation.log));
    } finally {
      await simulation.stop();
    }
  });
});
