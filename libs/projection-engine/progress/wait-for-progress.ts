import type { GlobalPosition } from '#libs/event-contracts/index.js';
import { buildKey, type BuildId } from '../builds/build-id.js';
import { answered } from '../store/answering-stores.js';
import type { ProjectionStore } from '../store/projection-store.port.js';

/** The read models did not get there in time; `position` says how far they are. */
export class ConsistencyTimeoutError extends Error {
  override readonly name = 'ConsistencyTimeoutError';
  readonly code = 'CONSISTENCY_TIMEOUT';
  constructor(
    readonly projections: readonly string[],
    readonly position: GlobalPosition | null,
  ) {
    super(`${projections.join(', ')} did not reach the wanted position in time.`);
  }
}

export type ReachedBuilds = ReadonlyMap<string, BuildId>;

export interface ProgressWaiter {
  /**
   * Until what queries read of these projections holds everything up to the position; the builds that do.
   * @throws ConsistencyTimeoutError
   */
  waitFor(
    projections: readonly string[],
    position: GlobalPosition,
    timeoutMs: number,
  ): Promise<ReachedBuilds>;
  close(): void;
}

export interface ProgressWaiterOptions {
  readonly store: ProjectionStore;
  /** A projector in this process: its advances end waits at once. */
  readonly projector?: { onAdvance(listener: () => void): () => void };
}

/** One poller for all who wait, and none while nobody does; it slows down from 10 to 50 ms. */
export function createProgressWaiter({ store, projector }: ProgressWaiterOptions): ProgressWaiter {
  const poller = new SharedPoller(store);
  const unsubscribe = projector?.onAdvance(() => {
    poller.lookNow();
  });
  return {
    waitFor: (projections, position, timeoutMs) => poller.wait({ projections, position, timeoutMs }),
    close: () => {
      unsubscribe?.();
      poller.close();
    },
  };
}

interface Wish {
  readonly projections: readonly string[];
  readonly position: GlobalPosition;
  readonly timeoutMs: number;
}

interface Waiting extends Wish {
  readonly done: (builds: ReachedBuilds) => void;
  readonly timer: NodeJS.Timeout;
  readonly failed: (error: Error) => void;
}

interface ReachedBuild {
  readonly build: BuildId;
  readonly position: GlobalPosition | null;
}

type Reached = ReadonlyMap<string, ReachedBuild>;

const fastest = 10;
const slowest = 50;
/** One look takes place however short the wait is to be: what is there already need not be waited for. */
const leastPatienceMs = 250;
/** A look without an answer must not keep all later ones from being taken. */
const lookPatienceMs = 5000;

class SharedPoller {
  private readonly waiting = new Set<Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private again = false;
  private interval = fastest;
  private latest: Reached = new Map();

  constructor(private readonly store: ProjectionStore) {}

  wait(wish: Wish): Promise<ReachedBuilds> {
    if (wish.projections.length === 0) return Promise.resolve(new Map());
    return new Promise((done, failed) => {
      // A clock of its own: a store that hangs must not hold the caller longer than was agreed.
      const timer = setTimeout(
        () => {
          this.fail(waiting, lowest(wish.projections, this.latest));
        },
        Math.max(leastPatienceMs, wish.timeoutMs),
      );
      const waiting: Waiting = { ...wish, done, failed, timer };
      this.waiting.add(waiting);
      this.interval = fastest;
      this.lookNow();
    });
  }

  lookNow(): void {
    if (this.waiting.size === 0) return;
    if (this.looking) {
      // What is being read may be older than what has just been stored.
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.looking = true;
    void this.look().then(() => {
      this.looking = false;
      if (this.again) {
        this.again = false;
        this.lookNow();
      } else {
        this.schedule();
      }
    });
  }

  close(): void {
    clearTimeout(this.timer);
    for (const waiting of this.waiting) this.fail(waiting, null);
  }

  private schedule(): void {
    if (this.waiting.size === 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.lookNow();
    }, this.interval);
    this.interval = Math.min(slowest, this.interval * 1.5);
  }

  private async look(): Promise<void> {
    // A read that fails is like one that finds nothing new: the next one may do, and the timeout still holds.
    const reached: Reached = await answered(this.reached(), lookPatienceMs, 'progress').catch(
      () => new Map(),
    );
    this.latest = reached;
    for (const waiting of this.waiting) {
      const position = lowest(waiting.projections, reached);
      if (position !== null && position >= waiting.position) {
        this.waiting.delete(waiting);
        clearTimeout(waiting.timer);
        waiting.done(new Map([...reached].map(([name, { build }]) => [name, build])));
      }
    }
  }

  private fail(waiting: Waiting, position: GlobalPosition | null): void {
    this.waiting.delete(waiting);
    clearTimeout(waiting.timer);
    waiting.failed(new ConsistencyTimeoutError(waiting.projections, position));
  }

  private async reached(): Promise<Reached> {
    const active = await this.store.builds.active();
    const aliases = new Map(active.map((alias) => [buildKey(alias), alias]));
    const reached = new Map<string, ReachedBuild>();
    for (const { build, position } of await this.store.checkpoints.read([...aliases.keys()])) {
      const alias = aliases.get(build);
      if (alias === undefined) continue;
      const soFar = reached.get(alias.name);
      const { name, version, build: number } = alias;
      reached.set(name, {
        build: { name, version, build: number },
        position: soFar === undefined ? position : earlier(soFar.position, position),
      });
    }
    return reached;
  }
}

function lowest(projections: readonly string[], reached: Reached): GlobalPosition | null {
  return projections
    .map((name) => reached.get(name)?.position ?? null)
    .reduce((left, right) => earlier(left, right));
}

/** Null, nothing read yet, is before everything. */
function earlier(left: GlobalPosition | null, right: GlobalPosition | null): GlobalPosition | null {
  if (left === null || right === null) return null;
  return left < right ? left : right;
}
