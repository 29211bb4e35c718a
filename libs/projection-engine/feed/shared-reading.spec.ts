import type { EventStore, FollowedRange } from '#libs/event-store/event-store.port.js';
import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import type { BuildRecord } from '../builds/build-records.js';
import { prepareBuild } from '../builds/prepare-build.js';
import { partitionOf } from '../membership/partition-of.js';
import {
  createProgressWaiter,
  startProjector,
  verifyProjection,
  type AnyProjection,
  type Projector,
} from '../index.js';

const tally = tallyProjection as AnyProjection;
const again: AnyProjection = { ...tally, name: 'tally-again' };

/** What one process asked the log for. */
interface Asked {
  readonly range: FollowedRange;
  delivered: number;
}

/** Two processes that share some partitions while the log cannot be followed, and may then begin at once. */
class Shared {
  readonly log = new MemoryLog({ fails: () => this.isShut });
  readonly store = new MemoryProjectionStore();
  readonly asked: Asked[] = [];
  isShut = false;
  private askedThen = 0;
  private readonly running: Projector[] = [];

  async start(...projections: AnyProjection[]): Promise<void> {
    this.running.push(
      await startProjector({
        log: this.watched(),
        store: this.store,
        projections,
        tuning: { beatMs: 10, leaseMs: 1000, backOffBaseMs: 1, stallMs: 200, partitions: 4 },
      }),
    );
  }

  /**
   * Until each of two has its share of every build, and follows. A build that is found to be live changes its feed, so
   * that each process must have looked at all of them since.
   */
  async settled(): Promise<void> {
    await until(() => [...this.store.buildRecords.values()].every(({ state }) => state === 'live'));
    const beats = () => [...this.store.memberRecords.values()].map(({ beat }) => beat);
    const before = beats();
    await until(() => beats().every((beat, member) => beat >= (before[member] ?? 0) + 2));
    await until(() =>
      this.running.every((one) =>
        one.reports().every(({ partitions, state }) => partitions.length === 2 && state === 'running'),
      ),
    );
  }

  async caughtUp(): Promise<void> {
    const waiter = createProgressWaiter({ store: this.store });
    await waiter.waitFor(['tally'], this.log.messages.at(-1)?.event.position ?? '', 10_000);
    waiter.close();
  }

  async stop(): Promise<void> {
    for (const one of this.running.splice(0)) await one.stop();
  }

  tell(complaints: number, label: string): void {
    for (let number = 0; number < complaints; number++) {
      const id = `complaint-${(number * 37).toString(16).padStart(4, '0')}`;
      this.log.record(id, label === 'first' ? 'Opened' : 'Noted', { label });
    }
  }

  /** By subscriptions that have brought anything: how much. */
  delivered(narrowed: boolean): readonly number[] {
    return this.asked
      .filter(({ range, delivered }) => (range.narrowedTo !== undefined) === narrowed && delivered > 0)
      .map(({ delivered }) => delivered);
  }

  forgetWhatWasDelivered(): void {
    for (const entry of this.asked) entry.delivered = 0;
    this.askedThen = this.asked.length;
  }

  /** Subscriptions to everything that were begun since. */
  wholeSinceThen(): number {
    return this.asked.slice(this.askedThen).filter(({ range }) => range.narrowedTo === undefined).length;
  }

  private watched(): EventStore {
    const { log, asked } = this;
    const follow: EventStore['follow'] = (range, signal, deliver) => {
      const entry: Asked = { range, delivered: 0 };
      asked.push(entry);
      return log.follow(range, signal, (message) => {
        entry.delivered += 1;
        return deliver(message);
      });
    };
    return Object.assign(Object.create(log) as EventStore, { follow });
  }
}

describe('Processes that share the partitions', () => {
  let shared: Shared;
  beforeEach(() => {
    shared = new Shared();
  });
  afterEach(() => shared.stop());

  /** Both are at the head, lose their subscriptions, and find a thousand events when they are back. */
  async function fallBehind(): Promise<void> {
    shared.tell(500, 'first');
    await shared.start(tally, again);
    await shared.start(tally, again);
    await shared.caughtUp();
    await shared.settled();
    shared.isShut = true;
    shared.tell(500, 'second');
    shared.log.record('calendar-default', 'CalendarDefined', { factor: 4 });
    shared.tell(500, 'third');
    // Both have noticed.
    const subscriptions = shared.log.subscriptions;
    await until(() => shared.log.subscriptions > subscriptions + 4);
    shared.forgetWhatWasDelivered();
    shared.isShut = false;
    await shared.caughtUp();
  }

  it('read what they missed once between them, and the context each', async () => {
    await fallBehind();
    const narrowed = shared.delivered(true);
    expect(narrowed).toHaveLength(2);
    // The thousand, the calendar twice, and two of the newest event's stream for the one that does not fold it.
    expect(narrowed.reduce((sum, count) => sum + count)).toBe(1004);
    expect(Math.min(...narrowed)).toBeGreaterThan(400);
    expect(shared.delivered(false)).toEqual([]);
    await shared.stop();
    expect(storedState(shared.store).documents).toEqual(cleanFold(shared.log).documents);
    const { store, log } = shared;
    for (const projection of [tally, again])
      expect((await verifyProjection({ store, log, projection })).sound).toBe(true);
  });

  it('read everything from there on, so that each knows where the log ends', async () => {
    await fallBehind();
    await until(() => shared.wholeSinceThen() === 2);
    const subscriptions = shared.log.subscriptions;
    for (const label of ['a', 'b', 'c']) {
      shared.log.record('complaint-0025', 'Noted', { label });
      await shared.caughtUp();
    }
    expect(shared.log.subscriptions).toBe(subscriptions);
    expect(shared.delivered(false)).toEqual([3, 3]);
  });

  it('begin anew where a narrowed subscription ends before it is there', async () => {
    let ends = 0;
    shared.log.mischief.endsQuietly = ({ event }) =>
      event.type === 'Noted' && event.position.endsWith('700') && ends++ < 20;
    await fallBehind();
    await shared.stop();
    expect(ends).toBeGreaterThan(5);
    expect(storedState(shared.store).documents).toEqual(cleanFold(shared.log).documents);
  });

  it('go on with builds of earlier releases as those spread them', async () => {
    shared.tell(200, 'first');
    const earlier: BuildRecord = {
      _id: 'tally:v1',
      name: 'tally',
      version: 1,
      build: 0,
      state: 'preparing',
      onPoison: 'park',
      switchWhenCaughtUp: false,
      partitions: 4,
      createdAt: new Date().toISOString(),
      createdBy: 'an earlier release',
    };
    await shared.store.builds.create(earlier);
    await prepareBuild(shared.store, earlier, []);
    await shared.start(tally);
    await shared.start(tally);
    await shared.settled();
    shared.tell(200, 'second');
    await shared.caughtUp();
    await shared.stop();
    expect(shared.asked.every(({ range }) => range.narrowedTo === undefined)).toBe(true);
    const spread = [0, 0, 0, 0];
    for (const id of shared.store.collection('tally_v1').keys())
      spread[partitionOf(id, { partitions: 4 })]! += 1;
    const records = [...shared.store.records.values()].sort((a, b) => a.partition - b.partition);
    expect(records.map(({ documents }) => documents)).toEqual(spread);
    const { store, log } = shared;
    expect((await verifyProjection({ store, log, projection: tally })).sound).toBe(true);
  });
});
