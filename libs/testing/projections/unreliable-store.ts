import type { ProjectionStore } from '#libs/projection-engine/index.js';

/** Asked before each write of one document; may take its time, or throw as a connection does that breaks there. */
export type BeforeWrite = () => Promise<void>;

/**
 * The store as one process reaches it: every bulk falls apart into its single writes, as a server applies them, and
 * anything may happen between two of them. After `kill` nothing of the process reaches the store any more.
 */
export class UnreliableStore implements ProjectionStore {
  private dead = false;

  constructor(
    private readonly store: ProjectionStore,
    private readonly before: BeforeWrite,
  ) {}

  kill(): void {
    this.dead = true;
  }

  get documents(): ProjectionStore['documents'] {
    const { documents } = this.store;
    return {
      ...this.alive(documents),
      write: (name, writes) => this.oneByOne(writes, (write) => documents.write(name, [write])),
    };
  }

  get checkpoints(): ProjectionStore['checkpoints'] {
    const { checkpoints } = this.store;
    return {
      ...this.alive(checkpoints),
      advance: (advances) => this.oneByOne(advances, (advance) => checkpoints.advance([advance])),
    };
  }

  get parked(): ProjectionStore['parked'] {
    const { parked } = this.store;
    return {
      ...this.alive(parked),
      park: (name, events) => this.oneByOne(events, (event) => parked.park(name, [event])),
      remove: (name, ids) => this.oneByOne(ids, (id) => parked.remove(name, [id])),
    };
  }

  get builds(): ProjectionStore['builds'] {
    return this.alive(this.store.builds);
  }

  get members(): ProjectionStore['members'] {
    return this.alive(this.store.members);
  }

  get requests(): ProjectionStore['requests'] {
    return this.alive(this.store.requests);
  }

  private async oneByOne<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
    let failure: unknown;
    for (const item of items) {
      await this.before();
      this.mustLive();
      // Unordered: one refused write does not keep the others from being done.
      await write(item).catch((error: unknown) => (failure ??= error));
    }
    if (failure !== undefined) throw failure as Error;
  }

  /** Methods that do nothing once the process is dead. */
  private alive<T extends object>(part: T): T {
    const guarded = Object.entries(part).map(([name, method]) => [
      name,
      (...args: unknown[]) => {
        this.mustLive();
        return (method as (...given: unknown[]) => unknown)(...args);
      },
    ]);
    return Object.fromEntries(guarded) as T;
  }

  private mustLive(): void {
    if (this.dead) throw new Error('killed');
  }
}
