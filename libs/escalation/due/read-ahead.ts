import { LRUCache } from 'lru-cache';
import type { DueTimer, DueTimers } from './due-timers.port.js';
import type { CurrentCycle } from './escalations-due.js';

export interface ReadAheadParts {
  readonly timers: DueTimers;
  readonly currentCycle: (this: void, complaintId: string) => Promise<CurrentCycle | undefined>;
  /** ISO 8601 UTC. */
  readonly now: (this: void) => string;
}

/** How far ahead of its moment a complaint may be read, and how many are kept: a few kilobytes each. */
const AHEAD_MS = 10_000;
export const MOST_READ_AHEAD = 2500;
const CONCURRENCY = 4;

interface Read {
  readonly version: string;
  readonly cycle: CurrentCycle;
}

/**
 * Reads complaints shortly before their moments, so that when many come at once only the appends are left to be done.
 * What was read may be old by then, and that does no harm: a level is appended at the revision that was read or not at
 * all, and a timer that has moved since is not served from here.
 */
export class ReadAhead {
  private readonly kept = new LRUCache<string, Read>({ max: MOST_READ_AHEAD });
  /** Up to where the timers ahead have been looked at. */
  private lookedTo = '';

  constructor(private readonly parts: ReadAheadParts) {}

  /** Reads what has come into sight since the last look, the soonest first. */
  async look(signal: AbortSignal): Promise<void> {
    const { timers, now } = this.parts;
    const present = now();
    const until = new Date(Date.parse(present) + AHEAD_MS).toISOString();
    const from = this.lookedTo > present ? this.lookedTo : present;
    if (from >= until) return;
    const ahead = await timers.page(until, MOST_READ_AHEAD, { at: from, complaintId: '' });
    this.lookedTo = until;
    const rest = ahead[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (const timer of rest) {
        if (signal.aborted) return;
        await this.read(timer);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  /** What was read for this very timer, once; undefined where nothing was, or the complaint has moved on. */
  take({ complaintId, version }: DueTimer): CurrentCycle | undefined {
    const read = this.kept.get(complaintId);
    this.kept.delete(complaintId);
    return read?.version === version ? read.cycle : undefined;
  }

  private async read({ complaintId, version }: DueTimer): Promise<void> {
    // What cannot be read now is read, and complained about, when it is due.
    const cycle = await this.parts.currentCycle(complaintId).catch(() => undefined);
    if (cycle !== undefined) this.kept.set(complaintId, { version, cycle });
  }
}
