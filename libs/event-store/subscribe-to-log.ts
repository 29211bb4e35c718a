import {
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
} from '@eventstore/db-client';
import type { GlobalPosition } from '#libs/event-contracts/index.js';
import { messageOf, translate } from './client-errors.js';
import { consumeStream } from './consume-stream.js';
import { decodeEvent } from './decode-event.js';
import type { EventCodec } from './event-codec.js';
import { EventStoreRefusedError, SubscriptionDroppedError } from './event-store-errors.js';
import type { LogMessage, LogRange } from './event-store.port.js';
import { formatPosition, parsePosition } from './position.js';
import { matcher, type Reader } from './read-events.js';
import { storedEvent } from './stored-event.js';

/** The server looks at 32 events between two checkpoints, times this: often enough to get past what does not match. */
const checkpointInterval = 4;

/** Stands in the stream of events at the place where the server sent it. */
class Checkpoint {
  constructor(readonly position: GlobalPosition) {}
}

export async function* subscribeToLog(
  reader: Reader,
  codec: EventCodec,
  range: Omit<LogRange, 'until'>,
  signal: AbortSignal,
): AsyncGenerator<LogMessage> {
  const matches = matcher(range.prefixes);
  const ended = AbortSignal.any([signal, reader.closed]);
  if (isAborted(signal)) return;
  const subscription = open(reader, range);
  const confirmed = awaitConfirmation(subscription, reader.stallMs);
  let last = range.after ?? '';
  try {
    const items = consumeStream<AllStreamResolvedEvent | Checkpoint>(subscription, {
      cancel: () => subscription.unsubscribe(),
      signal: ended,
    });
    for await (const item of items) {
      if (isAborted(signal)) return;
      const message = item instanceof Checkpoint ? atPosition(item) : asMessage(item, codec, matches);
      // Servers have sent checkpoints twice and backwards (P-10); nothing is delivered that lies behind.
      const position = message && positionOf(message);
      if (!message || position === undefined || position <= last) continue;
      last = position;
      yield message;
    }
  } catch (error) {
    if (isAborted(signal)) return;
    throw asDrop(error, reader.closed);
  } finally {
    confirmed.stop();
  }
  // A server that shuts down ends the call politely; the loop just ends (P-5).
  if (isAborted(signal)) return;
  throw new SubscriptionDroppedError('the server ended it');
}

function open({ client }: Reader, range: Omit<LogRange, 'until'>): AllStreamSubscription {
  return client.subscribeToAll({
    fromPosition: range.after === undefined ? START : parsePosition(range.after),
    filter: streamNameFilter({
      prefixes: [...range.prefixes],
      checkpointInterval,
      // The client calls this while events that came before are still in its buffer (P-2). Put into the same
      // buffer, the checkpoint comes out behind them; and nothing here can throw (P-3).
      checkpointReached: (subscription, position) => {
        subscription.push(new Checkpoint(formatPosition(position)));
      },
    }),
  });
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

function atPosition({ position }: Checkpoint): LogMessage {
  return { kind: 'position', position };
}

function asMessage(
  item: AllStreamResolvedEvent,
  codec: EventCodec,
  matches: (streamId: string) => boolean,
): LogMessage | undefined {
  const event = storedEvent(item);
  if (!event || !matches(event.streamId)) return undefined;
  return decodeEvent(event, codec);
}

function positionOf(message: LogMessage): GlobalPosition {
  return message.kind === 'position' ? message.position : message.event.position;
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
