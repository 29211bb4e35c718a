import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import { translate } from './client-errors.js';
import { consumeStream } from './consume-stream.js';
import type { StoredEvent, StreamRange } from './event-store.port.js';
import { firstPage, runsDryUpTo, type Reader } from './read-events.js';
import { storedEvent } from './stored-event.js';

/**
 * One stream. Where nothing says how many events there are to come, in ever longer pages: who has found what was looked for
 * leaves, and what is left of a page comes and goes without a call being cancelled.
 */
export async function* readStreamEvents(
  reader: Reader,
  streamId: string,
  range: StreamRange = {},
): AsyncGenerator<StoredEvent> {
  const most = mostOf(range);
  const step = range.direction === 'backwards' ? -1 : 1;
  const end = range.toRevision ?? (step < 0 ? 0 : Infinity);
  let { fromRevision } = range;
  for (let size = most ?? firstPage; size > 0; size = Math.min(size * 4, runsDryUpTo)) {
    const before = fromRevision;
    let count = 0;
    for await (const event of readPage(reader, streamId, { ...range, fromRevision, maxCount: size })) {
      count += 1;
      if (event === undefined) continue;
      if ((event.revision - end) * step > 0) return;
      fromRevision = event.revision + step;
      yield event;
    }
    const isWhole = most !== undefined || count < size || fromRevision === before;
    if (isWhole || fromRevision === undefined || (fromRevision - end) * step > 0) return;
  }
}

/** So many events at most, where that is known. */
function mostOf({ fromRevision, toRevision, direction, maxCount }: StreamRange): number | undefined {
  const first = fromRevision ?? (direction === 'backwards' ? undefined : 0);
  if (first === undefined || toRevision === undefined) return maxCount;
  const between = (direction === 'backwards' ? first - toRevision : toRevision - first) + 1;
  return Math.min(between, maxCount ?? between);
}

/** What counts for a page but holds no event is undefined. */
async function* readPage(
  { client, stallMs, closed }: Reader,
  streamId: string,
  { fromRevision, direction, maxCount }: StreamRange & { readonly maxCount: number },
): AsyncGenerator<StoredEvent | undefined> {
  const backwards = direction === 'backwards';
  const stream = client.readStream(streamId, {
    fromRevision: fromRevision === undefined ? (backwards ? END : START) : BigInt(fromRevision),
    direction: backwards ? BACKWARDS : FORWARDS,
    // A follower may lag behind what the leader has acknowledged (P-24).
    requiresLeader: true,
    maxCount,
  });
  try {
    const items = consumeStream<Parameters<typeof storedEvent>[0]>(stream, {
      cancel: () => stream.cancel(),
      stallMs,
      signal: closed,
      runsDry: maxCount <= runsDryUpTo,
    });
    for await (const item of items) yield storedEvent(item);
  } catch (error) {
    if (error instanceof StreamNotFoundError) return;
    throw translate(error, `Reading ${streamId}`);
  }
}
