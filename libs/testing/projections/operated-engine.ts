import { setTimeout as sleep } from 'node:timers/promises';
import {
  createProgressWaiter,
  startProjector,
  type AnyProjection,
  type Projector,
} from '#libs/projection-engine/index.js';
import { MemoryLog } from './memory-log.js';
import { MemoryProjectionStore } from './memory-projection-store.js';

/** The engine on doubles, small and fast, for what an operator does with it. */
export class OperatedEngine {
  readonly log = new MemoryLog();
  readonly store = new MemoryProjectionStore();
  private running: Projector[] = [];

  async start(...projections: AnyProjection[]): Promise<Projector> {
    const projector = await startProjector({
      log: this.log,
      store: this.store,
      projections,
      tuning: { beatMs: 10, leaseMs: 50, backOffBaseMs: 1, dropGraceMs: 20, prepareMs: 50, partitions: 3 },
    });
    this.running.push(projector);
    return projector;
  }

  async stop(): Promise<void> {
    for (const projector of this.running.splice(0)) await projector.stop();
  }

  async caughtUp(): Promise<void> {
    const waiter = createProgressWaiter({ store: this.store });
    await waiter.waitFor(['tally'], this.log.messages.at(-1)?.event.position ?? '', 10_000);
    waiter.close();
  }

  stateOf(build: string): string | undefined {
    return this.store.buildRecords.get(build)?.state;
  }

  parkedIn(collection = 'parked_tally_v1') {
    return [...(this.store.parkedEvents.get(collection)?.values() ?? [])];
  }

  /** Seven complaints, c0 to c6, one event each in turn. */
  tell(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const type = index < 7 ? 'Opened' : 'Noted';
      this.log.record(`complaint-c${index % 7}`, type, { label: String(index) });
    }
  }

  /** c3 meets an event that cannot be applied, and another behind it. */
  tellPoison(): void {
    this.tell(0, 20);
    this.log.record('complaint-c3', 'Poison', { label: 'bad' });
    this.log.record('complaint-c3', 'Noted', { label: 'behind' });
    this.log.record('calendar-default', 'CalendarDefined', { factor: 4 });
    this.tell(20, 30);
  }
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 500; looks++) {
    if (await holds()) return;
    await sleep(10);
  }
  throw new Error('It did not come to pass.');
}
