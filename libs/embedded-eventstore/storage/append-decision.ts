/** An event as a client proposes it; byte fields are slices of the request. */
export interface ProposedEvent {
  /** Canonical lower-case UUID. */
  readonly id: string;
  readonly type: Buffer;
  readonly contentType: Buffer;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

export type ExpectedRevision = number | 'any' | 'no-stream' | 'stream-exists';

/** What the decision needs to know about one stream, this very commit's earlier appends included. */
export interface StreamView {
  /** Revision of the last event; undefined for a stream without events. */
  readonly last: number | undefined;
  idAt(revision: number): string | undefined;
  /** The first revision that carries this id. */
  revisionOf(id: string): number | undefined;
}

export type AppendDecision =
  | { readonly kind: 'append'; readonly firstRevision: number }
  /** All of these events are in the stream already: the first answer is given again. */
  | { readonly kind: 'already-appended'; readonly lastRevision: number }
  | { readonly kind: 'nothing-to-append' }
  | { readonly kind: 'wrong-expected-version' };

const conflict: AppendDecision = { kind: 'wrong-expected-version' };

/**
 * EventStoreDB's check before a commit (`IndexWriter.CheckCommit`), which is what its documentation of idempotence describes:
 *
 * - ANY and STREAM_EXISTS look for the ids in the stream. None of them there: append. All: the first answer again. The first
 *   is there and a later one isn't: a conflict. (The server looks in a cache of recent ids; we in an index of all.)
 * - An exact revision, NO_STREAM included, that is the current one appends without a look at ids.
 * - An exact revision that the stream has passed compares the ids of the events that follow it: all the same is the first
 *   answer again, anything else a conflict.
 */
export function decideAppend(
  expected: ExpectedRevision,
  events: readonly ProposedEvent[],
  stream: StreamView,
): AppendDecision {
  const last = stream.last ?? -1;
  if (expected === 'stream-exists' && last < 0) return conflict;
  if (expected === 'any' || expected === 'stream-exists') return decideById(events, last, stream);

  const expectedRevision = expected === 'no-stream' ? -1 : expected;
  if (expectedRevision > last) return conflict;
  if (expectedRevision === last) {
    return events.length === 0 ? { kind: 'nothing-to-append' } : { kind: 'append', firstRevision: last + 1 };
  }
  const repeated =
    events.length > 0 &&
    events.every((event, index) => stream.idAt(expectedRevision + 1 + index) === event.id);
  return repeated ? { kind: 'already-appended', lastRevision: expectedRevision + events.length } : conflict;
}

function decideById(events: readonly ProposedEvent[], last: number, stream: StreamView): AppendDecision {
  let lastKnown: number | undefined;
  for (const [index, event] of events.entries()) {
    const revision = stream.revisionOf(event.id);
    if (revision === undefined) return index === 0 ? { kind: 'append', firstRevision: last + 1 } : conflict;
    lastKnown = revision;
  }
  if (lastKnown === undefined) return { kind: 'nothing-to-append' };
  return { kind: 'already-appended', lastRevision: lastOfFirstTime(events, stream) ?? lastKnown };
}

/**
 * Where an append ended whose events stand in the stream in one piece. An id that it carried twice, or that the stream had
 * before, is known at an earlier revision only; its first id was new at the time, so it tells where the append began.
 */
function lastOfFirstTime(events: readonly ProposedEvent[], stream: StreamView): number | undefined {
  const first = events[0] && stream.revisionOf(events[0].id);
  if (first === undefined) return undefined;
  const inOnePiece = events.every((event, index) => stream.idAt(first + index) === event.id);
  return inOnePiece ? first + events.length - 1 : undefined;
}
