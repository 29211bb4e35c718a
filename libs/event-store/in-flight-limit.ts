import { EventStoreBusyError } from './event-store-errors.js';

/** Lets at most `limit` tasks run at once; a bounded number waits, in order, and any more are turned away. */
export class InFlightLimit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly limit: number,
    private readonly waitingLimit: number,
  ) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.limit) this.running += 1;
    else await this.turn();
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      // The place is handed over, not freed: a newcomer never overtakes who waits.
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.waitingLimit) {
      throw new EventStoreBusyError(
        `${this.running} appends are in flight and ${this.waiting.length} wait; try again shortly.`,
      );
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
