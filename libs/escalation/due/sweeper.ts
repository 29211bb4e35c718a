import { performance } from 'node:perf_hooks';
import { Deferrals } from './deferrals.js';
import type { DueTimer, DueTimers, TimerPlace } from './due-timers.port.js';
import type { EscalationOutcome } from './escalate-complaint.js';

export interface SweepLimits {
  readonly pageSize: number;
  /** Complaints looked at and escalated at the same time. */
  readonly concurrency: number;
}

export const DEFAULT_SWEEP: SweepLimits = { pageSize: 500, concurrency: 48 };

const LONG_PAST_MS = 60_000;

export interface SweepReport {
  readonly lookedAt: number;
  readonly escalated: number;
  readonly failed: number;
}

export interface SweeperParts {
  readonly timers: DueTimers;
  readonly escalate: (this: void, timer: DueTimer) => Promise<EscalationOutcome>;
  /** ISO 8601 UTC. */
  readonly now: (this: void) => string;
  readonly onFailure: (this: void, complaintId: string, error: unknown) => void;
  readonly limits?: Partial<SweepLimits>;
}

/** Goes through all timers that are due now, page by page; one complaint's failure never holds up the others. */
export class Sweeper {
  private readonly deferrals = new Deferrals();
  private busySince: number | undefined;
  private readonly limits: SweepLimits;

  constructor(private readonly parts: SweeperParts) {
    this.limits = { ...DEFAULT_SWEEP, ...parts.limits };
  }

  /** For how long it has had something to do without a break; milliseconds, 0 while there is nothing. */
  get busyMs(): number {
    return this.busySince === undefined ? 0 : performance.now() - this.busySince;
  }

  async sweep(signal: AbortSignal): Promise<SweepReport> {
    const { pageSize } = this.limits;
    const before = this.parts.now();
    const sum = { lookedAt: 0, escalated: 0, failed: 0 };
    let after: TimerPlace | undefined;
    while (!signal.aborted) {
      const page = await this.parts.timers.page(before, pageSize, after);
      const waiting = page.filter((timer) => !this.isPutOff(timer, Date.parse(before)));
      sum.lookedAt += waiting.length;
      await this.workOff(waiting, sum, signal);
      after = page.at(-1);
      if (page.length < pageSize) break;
    }
    return sum;
  }

  /**
   * A timer that passed a while ago is looked at once it has stood still for a second: during an import the histories
   * of thousands pass by here, and reading each complaint after each line would hold up the import for nothing.
   */
  private isPutOff(timer: DueTimer, now: number): boolean {
    const monotonic = performance.now();
    if (this.deferrals.holds(timer, monotonic)) return true;
    if (now - Date.parse(timer.at) < LONG_PAST_MS || this.deferrals.knows(timer)) return false;
    this.deferrals.defer(timer, monotonic);
    return true;
  }

  private async workOff(
    timers: readonly DueTimer[],
    sum: { escalated: number; failed: number },
    signal: AbortSignal,
  ): Promise<void> {
    if (timers.length === 0) {
      this.busySince = undefined;
      return;
    }
    this.busySince ??= performance.now();
    const rest = timers[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (const timer of rest) {
        if (signal.aborted) return;
        try {
          const { levels } = await this.parts.escalate(timer);
          sum.escalated += levels.length;
        } catch (error) {
          sum.failed += 1;
          this.parts.onFailure(timer.complaintId, error);
        }
        this.deferrals.defer(timer, performance.now());
      }
    };
    await Promise.all(Array.from({ length: this.limits.concurrency }, worker));
  }
}
