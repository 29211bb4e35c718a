import type { EventStore, LogMessage } from '#libs/event-store/index.js';
import { decodeCursor, encodeCursor, InvalidCursorError } from '#libs/read-store/index.js';

export type StoredMessage = Exclude<LogMessage, { readonly kind: 'position' }>;

export interface WantedPage {
  readonly limit: number;
  readonly cursor?: string;
}

export interface HistorySlice {
  readonly shown: readonly StoredMessage[];
  readonly nextCursor: string | null;
}

const BY_RECORDING = 'history';
const BY_OCCURRENCE = 'history-occurred';

/** In the order of the stream: only the page itself is read. @throws InvalidCursorError */
export async function pageByRecording(
  eventStore: EventStore,
  streamId: string,
  { limit, cursor }: WantedPage,
): Promise<HistorySlice> {
  const from = cursor === undefined ? 0 : revisionIn(decodeCursor(cursor, BY_RECORDING, 1).after[0]);
  const found: StoredMessage[] = [];
  for await (const message of eventStore.readStream(streamId, { fromRevision: from, maxCount: limit + 1 })) {
    if (message.kind !== 'position') found.push(message);
  }
  const next = found[limit]?.event.revision;
  return {
    shown: found.slice(0, limit),
    nextCursor: next === undefined ? null : encodeCursor({ order: BY_RECORDING, after: [next] }),
  };
}

/**
 * In the order in which things happened; what happened at the same moment in the order of recording. The whole stream is
 * read, since its last event may belong anywhere, but no more than a page is held. @throws InvalidCursorError
 */
export async function pageByOccurrence(
  eventStore: EventStore,
  streamId: string,
  { limit, cursor }: WantedPage,
): Promise<HistorySlice> {
  const after = cursor === undefined ? undefined : placeAfter(cursor);
  let page: StoredMessage[] = [];
  for await (const message of eventStore.readStream(streamId)) {
    if (message.kind === 'position') continue;
    if (after !== undefined && inOrderOfOccurrence(placeOf(message), after) <= 0) continue;
    page.push(message);
    if (page.length > 2 * limit) page = firstOf(page, limit + 1);
  }
  const shown = firstOf(page, limit);
  const last = shown.at(-1);
  const more = page.length > limit && last !== undefined;
  return {
    shown,
    nextCursor: more ? encodeCursor({ order: BY_OCCURRENCE, after: [...placeOf(last)] }) : null,
  };
}

type Place = readonly [at: string, revision: number];

/** An event that cannot be read has only the moment of its recording. */
function placeOf(message: StoredMessage): Place {
  const { revision, recordedAt } = message.event;
  return [message.kind === 'event' ? message.event.metadata.occurredAt : recordedAt, revision];
}

function placeAfter(cursor: string): Place {
  const [at, revision] = decodeCursor(cursor, BY_OCCURRENCE, 2).after;
  return [String(at), revisionIn(revision)];
}

/** @throws InvalidCursorError */
function revisionIn(place: unknown): number {
  if (typeof place === 'number' && Number.isSafeInteger(place) && place >= 0) return place;
  throw new InvalidCursorError();
}

function inOrderOfOccurrence([at, revision]: Place, [otherAt, otherRevision]: Place): number {
  if (at !== otherAt) return at < otherAt ? -1 : 1;
  return revision - otherRevision;
}

function firstOf(page: readonly StoredMessage[], count: number): StoredMessage[] {
  return [...page].sort((a, b) => inOrderOfOccurrence(placeOf(a), placeOf(b))).slice(0, count);
}
