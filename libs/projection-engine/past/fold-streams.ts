import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import { ContextHistory } from '../fold/context-history.js';
import type { DocumentState } from '../fold/document-state.js';
import { foldComplaint } from '../fold/fold-complaint.js';
import type { RunnableProjection } from '../fold/runnable-projection.js';
import type { Skips } from '../fold/skips.js';

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
    const folds = some.map((complaintId) => foldComplaint({ ...request, contexts, complaintId }));
    for (const { state } of await Promise.all(folds)) yield state;
  }
}
