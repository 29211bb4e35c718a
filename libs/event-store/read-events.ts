import { BACKWARDS, END, FORWARDS, START, type EventStoreDBClient } from '@eventstore/db-client';
import type { GlobalPosition } from '#libs/event-contracts/index.js';
import { translate } from './client-errors.js';
import { consumeStream } from './consume-stream.js';
import { InvalidEventError } from './event-store-errors.js';
import type { LogRange, StoredEvent } from './event-store.port.js';
import { parsePosition } from './position.js';
import { storedEvent } from './stored-event.js';

export interface Reader {
  readonly client: EventStoreDBClient;
  /** How long a read waits for the next event before it gives up. */
  readonly stallMs: number;
  /** Aborted when the store is closed. */
  readonly closed: AbortSignal;
}

/** A call for no more than so many is left to run dry when its reader wants no more of it. */
export const runsDryUpTo = 4096;
/** In the first call; in each that follows four times as many. */
export const firstPage = 64;

/**
 * Forwards through `$all`; the client's read has no filter, so what others wrote is passed over here. In ever longer
 * pages: who ends soon, and whoever does that often must not cancel calls, ends within a short one. The end is where a page
 * brings nothing new, however few it brings: what a server counts as a page is its own affair.
 */
export async function* readLogEvents(reader: Reader, range: LogRange): AsyncGenerator<StoredEvent> {
  const { until } = range;
  const matches = matcher(range.prefixes);
  if (until !== undefined && (range.after ?? '') >= until) return;
  for await (const event of readInPages(reader, FORWARDS, range.after)) {
    if (until !== undefined && event.position > until) return;
    if (matches(event.streamId)) yield event;
    if (event.position === until) return;
  }
}

/** Backwards through `$all` from before a position. No page is so long that leaving it would cancel the call. */
export function readLogBackwards(reader: Reader, before: GlobalPosition): AsyncGenerator<StoredEvent> {
  return readInPages(reader, BACKWARDS, before, runsDryUpTo);
}

async function* readInPages(
  reader: Reader,
  direction: typeof FORWARDS | typeof BACKWARDS,
  from: GlobalPosition | undefined,
  longest = Infinity,
): AsyncGenerator<StoredEvent> {
  let reached = from;
  let hasMore = true;
  for (let page = firstPage; hasMore; page = Math.min(page * 4, longest)) {
    hasMore = false;
    const fromPosition = reached === undefined ? START : parsePosition(reached);
    for await (const event of readAllEvents(reader, { fromPosition, direction, maxCount: page })) {
      // Servers may count the event at which a read begins as a part of it.
      const { position } = event;
      if (reached !== undefined && (direction === FORWARDS ? position <= reached : position >= reached))
        continue;
      hasMore = true;
      reached = position;
      yield event;
    }
  }
}

export async function* readAllEvents(
  { client, stallMs, closed }: Reader,
  options: NonNullable<Parameters<EventStoreDBClient['readAll']>[0]>,
): AsyncGenerator<StoredEvent> {
  const stream = client.readAll({ requiresLeader: true, ...options });
  try {
    const { maxCount } = options;
    const items = consumeStream<Parameters<typeof storedEvent>[0]>(stream, {
      cancel: () => stream.cancel(),
      stallMs,
      signal: closed,
      runsDry: maxCount !== undefined && Number(maxCount) <= runsDryUpTo,
    });
    for await (const item of items) {
      const event = storedEvent(item);
      if (event) yield event;
    }
  } catch (error) {
    throw translate(error, 'Reading the log');
  }
}

/** Of any kind, also the system's. Read to its end: a connection does not outlive a thousand calls that are cancelled. */
export async function newestEvent(reader: Reader): Promise<StoredEvent | undefined> {
  let newest: StoredEvent | undefined;
  const events = readAllEvents(reader, { fromPosition: END, direction: BACKWARDS, maxCount: 1 });
  for await (const event of events) newest ??= event;
  return newest;
}

/** Prefixes are required and never of the system, so that no system event reaches a reader (P-11). */
export function matcher(prefixes: readonly string[]): (streamId: string) => boolean {
  if (prefixes.length === 0 || prefixes.some((prefix) => prefix === '' || prefix.startsWith('$'))) {
    throw new InvalidEventError('A reader of the log names the prefixes of the streams that it wants.');
  }
  return (streamId) => prefixes.some((prefix) => streamId.startsWith(prefix));
}
