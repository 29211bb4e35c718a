import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { goneFromThisHost } from '#libs/projection-engine/index.js';
import { pause } from '../pause.js';
import type { LeaseRecord, LeaseStore } from './lease-store.port.js';

/** Something that only the holder of the lease does. It ends when the signal comes; when it fails it is begun again. */
export type Duty = (signal: AbortSignal) => Promise<void>;

export interface LeaseTiming {
  readonly beatMs: number;
  /** A holder whose beat stands still for that long has lost the lease; it notices by itself before others do. */
  readonly leaseMs: number;
}

export const DEFAULT_LEASE: LeaseTiming = { beatMs: 500, leaseMs: 4000 };

const FIRST_WAIT_MS = 100;
const MAXIMUM_WAIT_MS = 5000;
/** A duty that lasted that long had come to nothing only by accident: its failures are counted anew. */
const STEADY_MS = 30_000;

export interface LeadershipParts {
  readonly store: LeaseStore;
  readonly duties: readonly Duty[];
  readonly onTrouble: (this: void, error: unknown) => void;
  readonly onChange?: (this: void, leads: boolean, epoch: number) => void;
  readonly timing?: Partial<LeaseTiming>;
}

/**
 * Runs the duties while this process holds the lease. No two clocks are compared: each process times the pauses of the
 * other's beats by its own. Two that both believe they lead for a moment are harmless, since all that duties write is
 * guarded by itself; the lease only saves the double work.
 */
export class Leadership {
  private readonly stopping = new AbortController();
  private readonly self = { id: randomUUID(), host: hostname(), pid: process.pid };
  private readonly timing: LeaseTiming;
  private readonly ended: Promise<void>;
  private seen: { readonly epoch: number; readonly beat: number; readonly at: number } | undefined;

  constructor(private readonly parts: LeadershipParts) {
    this.timing = { ...DEFAULT_LEASE, ...parts.timing };
    this.ended = this.run();
  }

  /** Ends the duties and frees the lease for others at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const epoch = await this.tryToLead();
        if (epoch !== undefined) await this.lead(epoch);
      } catch (error) {
        this.parts.onTrouble(error);
      }
      await pause(this.timing.beatMs, signal);
    }
  }

  private async tryToLead(): Promise<number | undefined> {
    const record = await this.parts.store.read();
    if (!this.isFree(record)) return undefined;
    return (await this.parts.store.claim(record, this.self))?.epoch;
  }

  private isFree({ holder, epoch, beat }: LeaseRecord): boolean {
    if (holder === null) return true;
    if (goneFromThisHost(this.self)({ _id: holder.id, host: holder.host, pid: holder.pid })) return true;
    const now = performance.now();
    if (this.seen?.epoch !== epoch || this.seen.beat !== beat) {
      this.seen = { epoch, beat, at: now };
      return false;
    }
    return now - this.seen.at > this.timing.leaseMs;
  }

  private async lead(epoch: number): Promise<void> {
    const term = new AbortController();
    const signal = AbortSignal.any([term.signal, this.stopping.signal]);
    this.parts.onChange?.(true, epoch);
    const duties = this.parts.duties.map((duty) => this.carryOut(duty, signal));
    await this.keep(epoch, signal);
    term.abort();
    await Promise.all(duties);
    this.parts.onChange?.(false, epoch);
    await this.parts.store.release(epoch);
  }

  private async carryOut(duty: Duty, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const begun = performance.now();
      try {
        await duty(signal);
      } catch (error) {
        this.parts.onTrouble(error);
      }
      if (performance.now() - begun > STEADY_MS) failures = 0;
      await pause(
        Math.min(MAXIMUM_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random() / 2),
        signal,
      );
    }
  }

  /** Returns when the lease is lost or may be soon, or when everything stops. */
  private async keep(epoch: number, signal: AbortSignal): Promise<void> {
    const { beatMs, leaseMs } = this.timing;
    let confirmed = performance.now();
    while (!signal.aborted) {
      await pause(beatMs, signal);
      const asked = performance.now();
      if (asked - confirmed > leaseMs * 0.7) return;
      try {
        if (!(await this.parts.store.beat(epoch))) return;
        confirmed = asked;
      } catch (error) {
        this.parts.onTrouble(error);
      }
    }
  }
}
