import { complaintStream, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import type { DocumentState } from '../fold/document-state.js';
import { LogFold } from '../fold/log-fold.js';
import type { RunnableProjection } from '../fold/runnable-projection.js';
import type { Skips } from '../fold/skips.js';
import { ContextHistory } from './context-history.js';

export interface FoldUntil {
  readonly log: EventStore;
  readonly runs: RunnableProjection;
  readonly skips: Skips;
  /** Inclusive. */
  readonly until: GlobalPosition;
}

/** Streams that are read at the same time. */
const atOnce = 16;

/** These complaints as they stood at a position, each from its own stream. */
export async function* foldStreams(
  request: FoldUntil,
  complaintIds: readonly string[],
): AsyncGenerator<DocumentState> {
  const { log, runs, skips, until } = request;
  const contexts = await ContextHistory.read(log, runs, skips, until);
  for (let from = 0; from < complaintIds.length; from += atOnce) {
    const some = complaintIds.slice(from, from + atOnce);
    for (const state of await Promise.all(some.map((id) => foldStream(request, contexts, id)))) {
      if (state) yield state;
    }
  }
}

/** The same as the whole log would give: context and complaint in the order of the log. */
async function foldStream(
  { log, runs, skips, until }: FoldUntil,
  contexts: ContextHistory,
  complaintId: string,
): Promise<DocumentState | undefined> {
  let fold: LogFold | undefined;
  let seen = 0;
  for await (const message of log.readStream(complaintStream(complaintId))) {
    if (message.kind === 'position') continue;
    const { position } = message.event;
    // Read to its end all the same: cancelling resets the call, and servers close a connection that resets many.
    if (position > until) continue;
    const before = contexts.countBefore(position);
    if (fold) for (const change of contexts.between(seen, before)) fold.apply(change);
    else fold = new LogFold(runs, skips, () => true, contexts.after(before));
    fold.apply(message);
    seen = before;
  }
  if (fold) for (const change of contexts.between(seen, contexts.length)) fold.apply(change);
  return fold?.complaints.get(complaintId)?.state;
}
