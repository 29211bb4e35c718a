import { LRUCache } from 'lru-cache';
import type { DueTimer } from './due-timers.port.js';

interface Deferral {
  readonly version: string;
  /** Monotonic milliseconds. */
  readonly until: number;
  readonly waitMs: number;
}

const FIRST_MS = 1000;
const LONGEST_MS = 5 * 60_000;

/**
 * Timers that were looked at, so that the next sweep leaves them alone until the read model has absorbed what became of
 * them. One that stays as it was is looked at again all the same, ever more rarely: our configuration may have been
 * older than the read model's, or the complaint's history unreadable.
 */
export class Deferrals {
  private readonly deferred: LRUCache<string, Deferral>;

  /** Bounded; whatever is forgotten is looked at once more, which does no harm. */
  constructor(max = 100_000) {
    this.deferred = new LRUCache({ max });
  }

  /** @param now monotonic milliseconds */
  holds({ complaintId, version }: DueTimer, now: number): boolean {
    const deferral = this.deferred.get(complaintId);
    return deferral?.version === version && now < deferral.until;
  }

  /** True, too, when there is no room to remember more: then nothing waits for being remembered. */
  knows({ complaintId, version }: DueTimer): boolean {
    return this.deferred.size >= this.deferred.max || this.deferred.get(complaintId)?.version === version;
  }

  defer({ complaintId, version }: DueTimer, now: number): void {
    const before = this.deferred.get(complaintId);
    const waitMs = before?.version === version ? Math.min(LONGEST_MS, before.waitMs * 2) : FIRST_MS;
    this.deferred.set(complaintId, { version, waitMs, until: now + waitMs });
  }
}
