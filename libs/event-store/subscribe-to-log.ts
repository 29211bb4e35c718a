import {
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type Position,
} from '@eventstore/db-client';
import type { GlobalPosition } from '#libs/event-contracts/index.js';
import { messageOf, translate } from './client-errors.js';
import { consumeStream, drainStream, type ConsumeOptions } from './consume-stream.js';
import { decodeEvent } from './decode-event.js';
import type { EventCodec } from './event-codec.js';
import { EventStoreRefusedError, SubscriptionDroppedError } from './event-store-errors.js';
import type { FollowedRange, LogMessage } from './event-store.port.js';
import { formatPosition, parsePosition } from './position.js';
import { matcher, type Reader } from './read-events.js';
import { storedEvent } from './stored-event.js';

/** The server looks at 32 events between two checkpoints, times this: often enough to get past what does not match. */
const checkpointInterval = 4;

/** Objects between the client's call and the loop; its own default is 16, and every pause of the call costs. */
const readAhead = { highWaterMark: 64 };

/** Stands in the stream of events where the server said that it has come to new ones; not every server says so. */
const LIVE = Symbol('live');
type Item = AllStreamResolvedEvent | Checkpoint | typeof LIVE;

/** Stands in the stream of events at the place where the server sent it. */
class Checkpoint {
  constructor(readonly position: GlobalPosition) {}
}

export async function* subscribeToLog(
  reader: Reader,
  codec: EventCodec,
  range: FollowedRange,
  signal: AbortSignal,
  onLive?: () => void,
): AsyncGenerator<LogMessage> {
  const arriving = new Arriving(codec, range, onLive);
  if (isAborted(signal)) return;
  const line = new Line(reader, range, signal);
  // Sent while events that came before are still in the buffer (P-13): put into it, it comes out behind them.
  if (onLive) line.subscription.on('caughtUp', () => line.subscription.push(LIVE));
  try {
    for await (const item of consumeStream<Item>(line.subscription, line.options)) {
      if (isAborted(signal)) return;
      const message = arriving.message(item);
      if (message) yield message;
    }
  } catch (error) {
    line.broke(error);
  } finally {
    line.release();
  }
  line.ended();
}

/** Without a generator between the client's stream and the consumer; see `drainStream`. */
export async function followLog(
  reader: Reader,
  codec: EventCodec,
  range: FollowedRange,
  signal: AbortSignal,
  deliver: (message: LogMessage) => Promise<void> | undefined,
): Promise<void> {
  const arriving = new Arriving(codec, range);
  if (isAborted(signal)) return;
  const line = new Line(reader, range, signal);
  try {
    await drainStream(line.subscription, line.options, (item) => {
      const message = isAborted(signal) ? undefined : arriving.message(item as Item);
      return message && deliver(message);
    });
  } catch (error) {
    line.broke(error);
  } finally {
    line.release();
  }
  line.ended();
}

/** One subscription of the client; knows which of its ends were asked for. */
class Line {
  readonly subscription: AllStreamSubscription;
  readonly options: ConsumeOptions;
  private readonly confirmed: { stop(): void };

  constructor(
    private readonly reader: Reader,
    range: FollowedRange,
    private readonly signal: AbortSignal,
  ) {
    const subscription = open(reader, range);
    this.subscription = subscription;
    this.options = {
      cancel: () => subscription.unsubscribe(),
      signal: AbortSignal.any([signal, reader.closed]),
    };
    this.confirmed = awaitConfirmation(subscription, reader.stallMs);
  }

  /** @throws unless the reader has been told to stop, whatever that did to the line */
  broke(error: unknown): void {
    if (!isAborted(this.signal)) throw asDrop(error, this.reader.closed);
  }

  /** A server that shuts down ends the call politely; the loop just ends (P-5). @throws unless that was asked for */
  ended(): void {
    if (!isAborted(this.signal)) throw new SubscriptionDroppedError('the server ended it');
  }

  release(): void {
    this.confirmed.stop();
  }
}

/** What the client hands out, as messages; nothing that lies behind what was delivered. */
class Arriving {
  private readonly matches: (streamId: string) => boolean;
  private last: GlobalPosition;

  constructor(
    private readonly codec: EventCodec,
    { prefixes, after }: FollowedRange,
    private readonly onLive?: () => void,
  ) {
    this.matches = matcher(prefixes);
    this.last = after ?? '';
  }

  message(item: Item): LogMessage | undefined {
    if (item === LIVE) {
      this.onLive?.();
      return undefined;
    }
    if (item instanceof Checkpoint) {
      return this.isNew(item.position) ? { kind: 'position', position: item.position } : undefined;
    }
    const event = storedEvent(item);
    if (!event || !this.matches(event.streamId) || !this.isNew(event.position)) return undefined;
    return decodeEvent(event, this.codec);
  }

  /** Servers have sent checkpoints twice and backwards (P-10). */
  private isNew(position: GlobalPosition): boolean {
    if (position <= this.last) return false;
    this.last = position;
    return true;
  }
}

function open({ client }: Reader, range: FollowedRange): AllStreamSubscription {
  const { prefixes, narrowedTo } = range;
  const options = {
    checkpointInterval,
    // The client calls this while events that came before are still in its buffer (P-2). Put into the same
    // buffer, the checkpoint comes out behind them; and nothing here can throw (P-3).
    checkpointReached: (subscription: AllStreamSubscription, position: Position) => {
      subscription.push(new Checkpoint(formatPosition(position)));
    },
  };
  const filter =
    narrowedTo === undefined
      ? streamNameFilter({ ...options, prefixes: [...prefixes] })
      : streamNameFilter({ ...options, regex: narrowedTo });
  const fromPosition = range.after === undefined ? START : parsePosition(range.after);
  return client.subscribeToAll({ fromPosition, filter }, readAhead);
}

/** A server that takes the call and says nothing must not look like a quiet log. */
function awaitConfirmation(subscription: AllStreamSubscription, timeoutMs: number) {
  const timer = setTimeout(() => {
    subscription.destroy(new SubscriptionDroppedError(`the server did not confirm it in ${timeoutMs} ms`));
  }, timeoutMs);
  const stop = () => {
    clearTimeout(timer);
  };
  subscription.once('confirmation', stop);
  return { stop };
}

function asDrop(error: unknown, closed: AbortSignal): unknown {
  if (closed.aborted) return new SubscriptionDroppedError('the store was closed');
  if (error instanceof SubscriptionDroppedError) return error;
  const translated = translate(error, 'Subscribing to the log');
  if (translated instanceof EventStoreRefusedError) return translated;
  return new SubscriptionDroppedError(messageOf(error), error);
}

/** A call, because the compiler takes a property that was false once for false after every await. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
