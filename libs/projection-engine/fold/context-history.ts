import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import type { DeliveredEvent } from './delivered-event.js';
import { LogFold } from './log-fold.js';
import type { RunnableProjection } from './runnable-projection.js';
import type { Skips } from './skips.js';

/** The context as it stood at every place of the log up to a position: read once for many complaints. */
export class ContextHistory {
  private readonly events: DeliveredEvent[] = [];
  /** `contexts[n]` is what the first `n` events make. */
  private readonly contexts: unknown[];

  private constructor(initial: unknown) {
    this.contexts = [initial];
  }

  static async read(
    log: Pick<EventStore, 'readLog'>,
    runs: RunnableProjection,
    skips: Skips,
    until?: GlobalPosition,
  ): Promise<ContextHistory> {
    const fold = new LogFold(runs, skips, () => false);
    const history = new ContextHistory(fold.context);
    const prefixes = runs.projection.context?.prefixes;
    if (!prefixes) return history;
    for await (const message of log.readLog({ prefixes, until })) {
      if (message.kind === 'position') continue;
      fold.apply(message);
      history.events.push(message);
      history.contexts.push(fold.context);
    }
    return history;
  }

  /** How many events of the context lie before a position. */
  countBefore(position: GlobalPosition): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.event.position ?? '') < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many lie before a position or at it. */
  countThrough(position: GlobalPosition): number {
    const before = this.countBefore(position);
    return this.events[before]?.event.position === position ? before + 1 : before;
  }

  after(count: number): unknown {
    return this.contexts[count];
  }

  between(from: number, to: number): readonly DeliveredEvent[] {
    return this.events.slice(from, to);
  }

  get length(): number {
    return this.events.length;
  }
}
