import { complaintIdOf } from '#libs/event-contracts/index.js';
import type { LogMessage } from '#libs/event-store/event-store.port.js';
import type { Arrival } from '../fold/delivered-event.js';
import { weightOf } from './message-weight.js';

export interface BufferLimits {
  readonly events: number;
  readonly bytes: number;
}

export interface Delivery {
  readonly events: readonly Arrival[];
  /** Of the events, roughly, in memory. */
  readonly bytes: number;
  readonly end: string;
}

const nobodyWaits = (): void => undefined;

/**
 * Between the subscription and the lanes. While a batch is being written the next one gathers here: batches are as
 * large as the load makes them, and an event that arrives alone waits for nobody. Full, it holds the subscription.
 */
export class MessageBuffer {
  private events: Arrival[] = [];
  private bytes = 0;
  private end: string | undefined;
  private failure: Error | undefined;
  private closed = false;
  private wakeReader: () => void = nobodyWaits;
  private wakeWriter: () => void = nobodyWaits;

  constructor(private readonly limits: BufferLimits) {}

  get isEmpty(): boolean {
    return this.end === undefined && this.failure === undefined;
  }

  /** False when the buffer is full now: await `room()` before the next one. */
  push(message: LogMessage): boolean {
    if (message.kind === 'position') {
      this.end = message.position;
    } else {
      this.events.push({ message, complaintId: complaintIdOf(message.event.streamId) });
      this.bytes += weightOf(message.event);
      this.end = message.event.position;
    }
    this.wakeReader();
    return this.events.length < this.limits.events && this.bytes < this.limits.bytes;
  }

  async room(): Promise<void> {
    if (this.closed || this.events.length === 0) return;
    await new Promise<void>((done) => {
      this.wakeWriter = done;
    });
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.wakeReader();
  }

  /** Lets a `wait` that has begun return without anything having arrived. */
  wake(): void {
    this.wakeReader();
  }

  /** From now on nobody waits for anything here. */
  close(): void {
    this.closed = true;
    this.wakeReader();
    this.wakeWriter();
  }

  /** Until something has come or was asked for; with a limit, false when that was over first. */
  async wait(limitMs?: number): Promise<boolean> {
    if (!this.isEmpty || this.closed) return true;
    return await new Promise<boolean>((done) => {
      const timer = limitMs === undefined ? undefined : setTimeout(done, limitMs, false);
      this.wakeReader = () => {
        this.wakeReader = nobodyWaits;
        clearTimeout(timer);
        done(true);
      };
    });
  }

  /**
   * All there is; undefined for nothing. What arrived before a failure is delivered before it: a connection that breaks
   * again and again still gets the reader on.
   * @throws what `fail` was given
   */
  take(): Delivery | undefined {
    if (this.end === undefined) {
      if (this.failure) throw this.failure;
      return undefined;
    }
    const delivery = { events: this.events, bytes: this.bytes, end: this.end };
    this.events = [];
    this.bytes = 0;
    this.end = undefined;
    this.wakeWriter();
    return delivery;
  }
}
