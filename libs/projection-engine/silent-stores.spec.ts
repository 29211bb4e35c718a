import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { createProgressWaiter, startProjector, type Projector, type ProjectionStore } from './index.js';

const tuning = { beatMs: 10, leaseMs: 200, backOffBaseMs: 1, stallMs: 100, answerMs: 60, partitions: 2 };

type Part = keyof ProjectionStore;

/** Calls that get no answer, until they are let through: then they are done after all, however late. */
class Silence {
  readonly held: (() => Promise<unknown>)[] = [];
  private left = 0;

  constructor(
    private readonly part: Part,
    private readonly method: string,
  ) {}

  /** The next so many calls. */
  begin(calls: number): void {
    this.left = calls;
  }

  over(store: MemoryProjectionStore): ProjectionStore {
    const part = store[this.part] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const ask = part[this.method]!;
    const silent = (...args: unknown[]) => {
      if (this.left === 0) return ask(...args);
      this.left -= 1;
      this.held.push(() => ask(...args));
      return new Promise(() => undefined);
    };
    return Object.assign(Object.create(store) as MemoryProjectionStore, {
      [this.part]: { ...part, [this.method]: silent },
    });
  }
}

describe('a projector whose stores fall silent', () => {
  let log: MemoryLog;
  let store: MemoryProjectionStore;
  let projector: Projector;

  beforeEach(() => {
    log = new MemoryLog();
    store = new MemoryProjectionStore();
  });
  afterEach(() => projector.stop());

  async function start(over: ProjectionStore = store): Promise<void> {
    projector = await startProjector({ log, store: over, projections: [tallyProjection], tuning });
  }

  async function caughtUp(): Promise<void> {
    const waiter = createProgressWaiter({ store });
    await waiter.waitFor(['tally'], log.messages.at(-1)?.event.position ?? '', 10_000);
    waiter.close();
  }

  function tell(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const type = index < 7 ? 'Opened' : 'Noted';
      log.record(`complaint-c${index % 7}`, type, { label: String(index) });
    }
  }

  const epochs = () => [...store.records.values()].reduce((sum, { epoch }) => sum + epoch, 0);

  it.each([
    ['a write of documents', 'documents', 'write'],
    ['a read of documents', 'documents', 'load'],
    ['a write of progress', 'checkpoints', 'advance'],
  ] as const)(
    'goes on by itself after %s without an answer, and what comes late changes nothing',
    async (_, part, method) => {
      const silence = new Silence(part, method);
      tell(0, 20);
      await start(silence.over(store));
      await caughtUp();
      const before = epochs();
      // Written past the cache, so that documents have to be read, too.
      silence.begin(1);
      if (method === 'load') await projector.stop().then(() => start(silence.over(store)));
      tell(20, 60);
      await until(() => silence.held.length === 1);
      await caughtUp();
      // Whoever held the partition then is somebody else now, if only by the epoch.
      expect(epochs()).toBeGreaterThan(before);
      await silence.held[0]?.().catch(() => undefined);
      tell(60, 80);
      await caughtUp();
      expect(storedState(store)).toEqual(cleanFold(log));
    },
  );

  it.each([
    ['the list of members', 'members', 'all'],
    ['its own beat', 'members', 'beat'],
    ['the builds', 'builds', 'all'],
  ] as const)('is not held up for good by a round in which %s stays unknown', async (_, part, method) => {
    const silence = new Silence(part, method);
    tell(0, 20);
    await start(silence.over(store));
    silence.begin(2);
    await until(() => silence.held.length === 2);
    tell(20, 40);
    await caughtUp();
    const [, second] = silence.held;
    await second?.();
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('opens again after a context that the log did not give out', async () => {
    log.record('calendar-default', 'CalendarDefined', { factor: 2 });
    tell(0, 20);
    await start();
    await caughtUp();
    await projector.stop();
    const readLog = log.readLog.bind(log);
    let asked = 0;
    log.readLog = (range) => (asked++ === 0 ? silent() : readLog(range));
    await start();
    tell(20, 40);
    await caughtUp();
    expect(asked).toBeGreaterThan(1);
    expect(storedState(store)).toEqual(cleanFold(log));
  });

  it('beats on while the log does not tell its head, and does not say that it has seen it', async () => {
    await start();
    const seenAt = () => [...store.memberRecords.values()][0]?.headSeenAt ?? '';
    const beat = () => [...store.memberRecords.values()][0]?.beat ?? 0;
    await until(() => seenAt() !== '');
    log.head = () => new Promise(() => undefined);
    await until(() => projector.reports().length > 0);
    const [seen, beats] = [seenAt(), beat()];
    await until(() => beat() > beats + 2);
    // One round may have been under way when the log fell silent.
    const then = seenAt();
    await until(() => beat() > beats + 4);
    expect(seenAt()).toBe(then);
    expect(then >= seen).toBe(true);
  });
});

async function* silent(): AsyncGenerator<never> {
  yield await new Promise<never>(() => undefined);
}
