import { FORWARDS, START } from '@eventstore/db-client';
import { STREAM_PREFIXES, type GlobalPosition } from '#libs/event-contracts/index.js';
import { decodeEvent } from './decode-event.js';
import type { EventCodec } from './event-codec.js';
import { SubscriptionDroppedError } from './event-store-errors.js';
import type { LogMessage, LogRange, StoredEvent } from './event-store.port.js';
import { parsePosition } from './position.js';
import { matcher, newestEvent, readAllEvents, readLogEvents, type Reader } from './read-events.js';
import { subscribeToLog } from './subscribe-to-log.js';

/** Read as they lie before the server is asked to leave anything out: at the head there are no more than that. */
const nearEvents = 512;
/** The filtered part has come to where the server waits for new events when nothing has arrived for that long. */
const lullMs = 250;

/** Nearly all events are of complaints: whoever does not want those wants few of many. */
export function isSparse({ prefixes }: LogRange): boolean {
  return !prefixes.some(
    (prefix) => STREAM_PREFIXES.complaint.startsWith(prefix) || prefix.startsWith(STREAM_PREFIXES.complaint),
  );
}

/**
 * Forwards through the few events that match among very many. The client's read of `$all` has no filter, its
 * subscription has one; but where that has got to is only known now and then, and nothing tells for sure that it has come
 * to the end. So the beginning and the rest after the last known place are read plainly, and only what lies between is
 * filtered: when it stops decides how fast this is, never what is read.
 */
export async function* readSparseLog(
  reader: Reader,
  codec: EventCodec,
  range: LogRange,
): AsyncGenerator<LogMessage> {
  const matches = matcher(range.prefixes);
  const end = range.until ?? (await newestEvent(reader))?.position;
  if (end === undefined || end <= (range.after ?? '')) return;
  const place = { reached: range.after, seen: 0 };
  for await (const stored of near(reader, range.after, place)) {
    if (stored.position > end) break;
    if (matches(stored.streamId)) yield decodeEvent(stored, codec);
  }
  const { prefixes } = range;
  if (place.seen === nearEvents && (place.reached ?? '') < end) {
    for await (const message of filtered(reader, codec, { prefixes, after: place.reached }, end)) {
      place.reached = message.kind === 'position' ? message.position : message.event.position;
      if (message.kind !== 'position') yield message;
    }
    const rest = readLogEvents(reader, { prefixes, after: place.reached, until: end });
    if ((place.reached ?? '') < end) for await (const stored of rest) yield decodeEvent(stored, codec);
  }
  yield { kind: 'position', position: end };
}

/** Ends by itself, so that nothing is cancelled. */
async function* near(
  reader: Reader,
  after: GlobalPosition | undefined,
  place: { reached: GlobalPosition | undefined; seen: number },
): AsyncGenerator<StoredEvent> {
  const fromPosition = after === undefined ? START : parsePosition(after);
  for await (const event of readAllEvents(reader, {
    fromPosition,
    direction: FORWARDS,
    maxCount: nearEvents,
  })) {
    place.seen += 1;
    place.reached = event.position;
    if (after === undefined || event.position > after) yield event;
  }
}

/** Up to the end or a little less. */
async function* filtered(
  reader: Reader,
  codec: EventCodec,
  range: Omit<LogRange, 'until'>,
  end: GlobalPosition,
): AsyncGenerator<LogMessage> {
  const stop = new AbortController();
  const isOver = () => {
    stop.abort();
  };
  const messages = subscribeToLog(reader, codec, range, stop.signal, isOver)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const lull = setTimeout(isOver, lullMs);
      const next = await messages.next().finally(() => {
        clearTimeout(lull);
      });
      if (next.done) return;
      const position = next.value.kind === 'position' ? next.value.position : next.value.event.position;
      if (position > end) return;
      yield next.value;
      if (position === end) return;
    }
  } catch (error) {
    // Whatever broke it, the plain read goes on from here, and says so if it cannot.
    if (!(error instanceof SubscriptionDroppedError)) throw error;
  } finally {
    stop.abort();
    await messages.return(undefined);
  }
}
