import type { OutboxEntry } from '../outbox/outbox-entry.js';
import type { Outbox } from '../outbox/outbox.port.js';

/** A double for rules that need no disk; the real one is tried beside it. */
export class MemoryOutbox implements Outbox {
  readonly entries = new Map<string, OutboxEntry>();
  reached: string | undefined;

  constructor(...entries: OutboxEntry[]) {
    void this.add(entries);
  }

  get only(): OutboxEntry {
    const [first] = this.entries.values();
    if (first === undefined) throw new Error('The outbox is empty.');
    return first;
  }

  prepare = (): Promise<void> => Promise.resolve();
  add = (entries: readonly OutboxEntry[]): Promise<void> => {
    for (const entry of entries) if (!this.entries.has(entry._id)) this.entries.set(entry._id, entry);
    return Promise.resolve();
  };
  position = (): Promise<string | undefined> => Promise.resolve(this.reached);
  advance = (position: string): Promise<void> => {
    this.reached = position;
    return Promise.resolve();
  };
  due = (now: string, limit: number): Promise<OutboxEntry[]> =>
    Promise.resolve(
      [...this.entries.values()]
        .filter(({ state, nextAttemptAt }) => state === 'waiting' && nextAttemptAt <= now)
        .slice(0, limit),
    );
  begin = (entry: OutboxEntry, nextAttemptAt: string): Promise<boolean> => {
    const now = this.entries.get(entry._id);
    if (now?.state !== 'waiting' || now.attempts !== entry.attempts) return Promise.resolve(false);
    return this.change(entry._id, { attempts: entry.attempts + 1, nextAttemptAt }).then(() => true);
  };
  delivered = (id: string, settledAt: string): Promise<void> =>
    this.change(id, { state: 'delivered', settledAt });
  failed = (id: string, lastFailure: string): Promise<void> => this.change(id, { lastFailure });
  park = (id: string, settledAt: string, lastFailure: string): Promise<void> =>
    this.change(id, { state: 'parked', settledAt, lastFailure });
  unsettled = (): Promise<OutboxEntry[]> => Promise.resolve([]);
  retry = (): Promise<boolean> => Promise.resolve(false);
  counts = () => Promise.resolve({ waiting: 0, parked: 0, stale: 0 });
  prune = (): Promise<void> => Promise.resolve();

  private change(id: string, change: Partial<OutboxEntry>): Promise<void> {
    const now = this.entries.get(id);
    if (now) this.entries.set(id, { ...now, ...change });
    return Promise.resolve();
  }
}
