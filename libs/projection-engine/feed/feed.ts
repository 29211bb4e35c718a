import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore, LogMessage, LogPlace } from '#libs/event-store/event-store.port.js';
import {
  NoAnswerError,
  PoisonError,
  StalledSubscriptionError,
  SubscriptionEndedError,
} from '../engine.errors.js';
import type { Lane } from '../lane/lane.js';
import { MessageBuffer, type BufferLimits } from './message-buffer.js';
import { narrowedStreams } from './narrowed-streams.js';

/** A lane could not go on; names the build so that a failed rebuild does not take others with it. */
export class LaneFailedError extends Error {
  override readonly name = 'LaneFailedError';
  constructor(
    readonly build: string,
    override readonly cause: unknown,
  ) {
    super(`${build}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }

  get isPoison(): boolean {
    return this.cause instanceof PoisonError;
  }
}

/** Behind the head, how long what has been folded may wait for more before it is written all the same. */
const lullMs = 250;

export interface FeedLimits extends BufferLimits {
  /** Behind the head, how long a batch may grow. */
  readonly growMs: number;
}

/** One subscription for several lanes; reads the log once, whatever the number of projections. */
export class Feed {
  /** Batches that were delivered: a feed that got that far has recovered. */
  deliveries = 0;
  private readonly buffer: MessageBuffer;
  private readonly tasks: (() => Promise<void>)[] = [];
  private delivered: string | undefined;
  private head: string | undefined;
  /** When what is folded but not on its way to the store yet began to come; undefined when there is none. */
  private growingSince: number | undefined;
  private behindSince: { head: string; delivered: string | undefined; at: number } | undefined;

  constructor(
    private readonly log: EventStore,
    private readonly prefixes: readonly string[],
    readonly lanes: readonly Lane[],
    private readonly limits: FeedLimits,
  ) {
    this.buffer = new MessageBuffer(limits);
  }

  /** Ends by the signal, everything delivered being stored, or by throwing. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const end = () => {
      stop.abort();
      this.buffer.close();
    };
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    const newest = await this.log.newest(this.prefixes);
    this.head = newest?.position;
    // Where a feed begins counts as delivered: on a quiet log nothing more may come, and that is no stall.
    this.delivered = this.start();
    const pump = this.pump(stop.signal, newest);
    try {
      while (!signal.aborted) await this.step();
      await this.settle();
    } finally {
      signal.removeEventListener('abort', end);
      end();
      await pump;
      // A write in flight that outlives its lane would meet the lane that comes after it.
      await Promise.allSettled(this.lanes.map((lane) => lane.settled()));
    }
  }

  /** Between two batches, with nothing in flight. */
  enqueue(task: () => Promise<void>): void {
    this.tasks.push(task);
    this.buffer.wake();
  }

  /** A subscription that stays behind a head that moved is dead, whatever its connection says. */
  observeHead(head: string | undefined, now: number, patience: number): void {
    this.head = head;
    if (head === undefined || head <= (this.delivered ?? '')) {
      this.behindSince = undefined;
      return;
    }
    if (this.behindSince?.delivered !== this.delivered || !this.behindSince) {
      this.behindSince = { head, delivered: this.delivered, at: now };
    } else if (now - this.behindSince.at > patience && this.buffer.isEmpty) {
      this.buffer.fail(
        new StalledSubscriptionError(
          `Nothing arrived for ${patience} ms although the log's head is at ${head}.`,
        ),
      );
    }
  }

  private async step(): Promise<void> {
    if (this.tasks.length > 0) await this.runTasks();
    if (this.buffer.isEmpty) await this.idle();
    // What arrives together is taken together.
    await turn();
    const delivery = this.buffer.take();
    if (!delivery) return;
    await this.each((lane) => lane.run(delivery));
    this.deliveries += 1;
    this.growingSince ??= performance.now();
    if (this.mayGrow()) return;
    // The next batch is folded while this one is being written.
    await this.each((lane) => lane.advance());
    this.growingSince = undefined;
  }

  private async runTasks(): Promise<void> {
    await this.settle();
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) await task();
  }

  /** Behind the head more is on its way, and a larger batch costs less per event; at the head nobody shall wait. */
  private mayGrow(): boolean {
    const { growingSince } = this;
    return (
      this.isBehind() && (growingSince === undefined || performance.now() - growingSince < this.limits.growMs)
    );
  }

  private async idle(): Promise<void> {
    if (this.mayGrow() && (await this.buffer.wait(lullMs))) return;
    await this.settle();
    if (this.tasks.length === 0) await this.buffer.wait();
  }

  private isBehind(): boolean {
    return this.head !== undefined && (this.delivered ?? '') < this.head;
  }

  private async settle(): Promise<void> {
    this.growingSince = undefined;
    await this.each((lane) => lane.settle());
  }

  /** All lanes come to rest before the first failure is reported: nothing of this feed runs on beside the next one. */
  private async each(act: (lane: Lane) => Promise<void>): Promise<void> {
    const outcomes = await Promise.allSettled(this.lanes.map(act));
    const failures = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected'
        ? [new LaneFailedError(this.lanes[index]?.key ?? '', outcome.reason)]
        : [],
    );
    // What was asked of a silent store may yet be done: that must not hide behind another failure.
    const first = failures.find(({ cause }) => cause instanceof NoAnswerError) ?? failures[0];
    if (first) throw first;
  }

  private async pump(signal: AbortSignal, newest: LogPlace | undefined): Promise<void> {
    try {
      if (newest) await this.catchUpTo(newest, signal);
      const range = { after: this.delivered, prefixes: this.prefixes };
      if (!signal.aborted) await this.log.follow(range, signal, (message) => this.deliver(message));
      if (!signal.aborted) this.buffer.fail(new SubscriptionEndedError());
    } catch (error) {
      if (!signal.aborted) this.buffer.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /**
   * Behind the head, who folds a share of the complaints asks for no more than that: several processes read the log once
   * between them. At the head everybody reads everything, as only that tells how far the log has got. The place is where
   * the one ends and the other begins, so its stream is asked for as well.
   */
  private async catchUpTo({ position, streamId }: LogPlace, signal: AbortSignal): Promise<void> {
    const after = this.delivered;
    const shares = this.lanes.map(({ share }) => share);
    const narrowedTo = narrowedStreams(shares, this.prefixes, streamId);
    if (narrowedTo === undefined || (after ?? '') >= position) return;
    const there = new AbortController();
    const range = { after, prefixes: this.prefixes, narrowedTo };
    await this.log.follow(range, AbortSignal.any([signal, there.signal]), (message) => {
      const room = this.deliver(message);
      if ((this.delivered ?? '') >= position) there.abort();
      return room;
    });
    if (!signal.aborted && !there.signal.aborted) throw new SubscriptionEndedError();
  }

  private deliver(message: LogMessage): Promise<void> | undefined {
    this.delivered = message.kind === 'position' ? message.position : message.event.position;
    return this.buffer.push(message) ? undefined : this.buffer.room();
  }

  private start(): string | undefined {
    let start: string | undefined;
    for (const lane of this.lanes) {
      if (lane.start === undefined) return undefined;
      if (start === undefined || lane.start < start) start = lane.start;
    }
    return start;
  }
}
