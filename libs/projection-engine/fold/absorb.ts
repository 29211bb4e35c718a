import type { RecordedEvent, StreamRevision } from '#libs/event-contracts/index.js';
import { StreamGapError } from '../engine.errors.js';
import type { DeliveredEvent } from './delivered-event.js';
import { DocumentState } from './document-state.js';
import type { RunnableProjection } from './runnable-projection.js';
import type { Skips } from './skips.js';

/** One event of a complaint with the context as it stood when it was recorded. */
export interface Entry {
  readonly complaintId: string;
  readonly message: DeliveredEvent;
  readonly context: unknown;
}

export type Absorbed =
  | { readonly kind: 'absorbed'; readonly state: DocumentState }
  /** The document has it already. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'gap'; readonly expected: StreamRevision }
  | { readonly kind: 'poison'; readonly reason: string };

/** Pure: the next state of one document, or why there is none. */
export function absorb(runs: RunnableProjection, state: DocumentState, entry: Entry, skips: Skips): Absorbed {
  const { message, complaintId } = entry;
  const { revision, position } = message.event;
  if (revision <= state.revision) return { kind: 'repeated' };
  if (revision !== state.revision + 1) return { kind: 'gap', expected: state.revision + 1 };
  if (skips.passesOver(complaintId, message)) {
    return { kind: 'absorbed', state: new DocumentState(complaintId, state.folded, revision, position) };
  }
  if (message.kind === 'undecodable') return { kind: 'poison', reason: message.event.reason };
  try {
    const folded = runs.projection.fold(state.folded, message.event, entry.context);
    if (folded === null && state.folded !== null && runs.projection.keepsDocuments) {
      return {
        kind: 'poison',
        reason: 'The fold takes back a document, and its projection says that it never does.',
      };
    }
    return { kind: 'absorbed', state: new DocumentState(complaintId, folded, revision, position) };
  } catch (error) {
    return { kind: 'poison', reason: reasonOf(error) };
  }
}

/**
 * What the log itself does not hold cannot be awaited: the event parks like any other that cannot be applied, and once it
 * is skipped the complaint goes on from what there is.
 */
export function absorbBeyondGap(
  state: DocumentState,
  { message, complaintId }: Entry,
  skips: Skips,
): Exclude<Absorbed, { kind: 'gap' }> {
  const { streamId, revision, position } = message.event;
  if (skips.passesOver(complaintId, message)) {
    return { kind: 'absorbed', state: new DocumentState(complaintId, state.folded, revision, position) };
  }
  const gap = `event ${revision} arrived, but ${streamId} cannot be folded up to ${state.revision + 1}`;
  return { kind: 'poison', reason: reasonOf(new StreamGapError(gap)) };
}

/** A context event on one document. The caller has checked that the filter matches. */
export function refold(
  runs: RunnableProjection,
  state: DocumentState,
  event: RecordedEvent,
  context: unknown,
  skips: Skips,
): Absorbed {
  const { document, revision } = state;
  const declared = runs.projection.context?.refold;
  if (!document || !declared || state.position >= event.position) return { kind: 'repeated' };
  if (skips.passesOver(document._id, { kind: 'event', event })) {
    return { kind: 'absorbed', state: state.movedOn(revision, event.position) };
  }
  try {
    const folded = declared.apply(document, event, context);
    return {
      kind: 'absorbed',
      state: new DocumentState(document._id, folded, revision, event.position),
    };
  } catch (error) {
    return { kind: 'poison', reason: reasonOf(error) };
  }
}

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
