import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '#libs/event-contracts/index.js';
import type {
  EventStore,
  FollowedRange,
  LogMessage,
  LogPlace,
  LogRange,
} from '#libs/event-store/event-store.port.js';

type Delivered = Exclude<LogMessage, { kind: 'position' }>;

/** How the log may misbehave towards its subscribers, decided per message. */
export interface Mischief {
  /** End of the subscription without an error before this message (P-5). */
  endsQuietly?(message: Delivered): boolean;
  /** An error instead of this message (P-4). */
  fails?(message: Delivered): boolean;
  /** The message comes twice. */
  repeats?(message: Delivered): boolean;
  /** Nothing more comes, and nothing tells (P-7). */
  stalls?(message: Delivered): boolean;
}

/** A double of the event store, for what no real one can be made to do at a given moment. Not for durable claims. */
export class MemoryLog implements EventStore {
  readonly messages: Delivered[] = [];
  subscriptions = 0;
  private wake: (() => void)[] = [];
  private nextPosition = 0;
  private readonly revisions = new Map<string, number>();

  constructor(public mischief: Mischief = {}) {}

  /** Gives the event its place. */
  record(streamId: string, type: string, data: unknown, occurredAt?: string): RecordedEvent {
    const place = this.place(streamId);
    const event: RecordedEvent = {
      ...place,
      type,
      data,
      metadata: {
        schemaVersion: 1,
        occurredAt: occurredAt ?? place.recordedAt,
        actor: { sub: 'test', name: 'Test', role: 'system' },
        commandId: place.eventId,
        $correlationId: place.eventId,
        $causationId: place.eventId,
        hash: place.eventId,
        previousHash: null,
      },
    };
    this.add({ kind: 'event', event });
    return event;
  }

  recordUndecodable(streamId: string, type: string): void {
    this.add({ kind: 'undecodable', event: { ...this.place(streamId), type, reason: 'broken on purpose' } });
  }

  append(): Promise<never> {
    return Promise.reject(new Error('The double only plays back.'));
  }

  readStored(): never {
    throw new Error('The double has no stored form.');
  }

  async *readStream(streamId: string): AsyncIterable<LogMessage> {
    for (const message of this.messages) {
      if (message.event.streamId === streamId) yield await Promise.resolve(message);
    }
  }

  async *readLog({ after = '', until = '~', prefixes }: LogRange): AsyncIterable<LogMessage> {
    for (const message of [...this.messages]) {
      const { position, streamId } = message.event;
      if (position <= after || position > until || !startsWithAny(streamId, prefixes)) continue;
      yield await Promise.resolve(message);
    }
  }

  async *subscribe(
    { after = '', prefixes, narrowedTo }: FollowedRange,
    signal: AbortSignal,
  ): AsyncIterable<LogMessage> {
    this.subscriptions += 1;
    let index = this.messages.findIndex(({ event }) => event.position > after);
    if (index < 0) index = this.messages.length;
    while (!signal.aborted) {
      const message = this.messages[index];
      if (!message) {
        await this.more(signal);
        continue;
      }
      index += 1;
      if (!startsWithAny(message.event.streamId, prefixes)) continue;
      if (narrowedTo !== undefined && !new RegExp(narrowedTo).test(message.event.streamId)) continue;
      if (this.mischief.endsQuietly?.(message)) return;
      if (this.mischief.fails?.(message)) throw new Error('connection lost');
      if (this.mischief.stalls?.(message)) {
        await this.silence(signal);
        return;
      }
      yield message;
      if (this.mischief.repeats?.(message)) yield message;
      if (index % 7 === 0) await turn();
    }
  }

  async follow(
    range: FollowedRange,
    signal: AbortSignal,
    deliver: (message: LogMessage) => Promise<void> | undefined,
  ): Promise<void> {
    for await (const message of this.subscribe(range, signal)) await deliver(message);
  }

  async head(prefixes: readonly string[]): Promise<string | undefined> {
    return (await this.newest(prefixes))?.position;
  }

  newest(prefixes: readonly string[]): Promise<LogPlace | undefined> {
    const last = this.messages.findLast(({ event }) => startsWithAny(event.streamId, prefixes));
    return Promise.resolve(last?.event);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private place(streamId: string) {
    this.nextPosition += 100;
    const half = String(this.nextPosition).padStart(20, '0');
    const revision = (this.revisions.get(streamId) ?? -1) + 1;
    this.revisions.set(streamId, revision);
    return {
      streamId,
      revision,
      position: `${half}-${half}`,
      eventId: `00000000-0000-7000-8000-${String(this.nextPosition).padStart(12, '0')}`,
      recordedAt: new Date(1_700_000_000_000 + this.nextPosition).toISOString(),
    };
  }

  private add(message: Delivered): void {
    this.messages.push(message);
    for (const wake of this.wake.splice(0)) wake();
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.wake.push(done);
      signal.addEventListener('abort', done);
    });
  }

  private silence(signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      signal.addEventListener(
        'abort',
        () => {
          done();
        },
        { once: true },
      );
    });
  }
}

function startsWithAny(streamId: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => streamId.startsWith(prefix));
}
