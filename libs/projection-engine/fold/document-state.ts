import type { GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';
import type { StoredDocument } from '../store/projection-store.port.js';

/** What is known of one complaint's document: also that there is none, and up to which revision that holds. */
export interface DocumentState {
  readonly document: StoredDocument | null;
  /** Last revision absorbed, -1 for none. */
  readonly revision: StreamRevision;
  /** Last position absorbed, '' for none. */
  readonly position: GlobalPosition;
}

export const UNTOUCHED: DocumentState = { document: null, revision: -1, position: '' };

export function stateOf(document: StoredDocument): DocumentState {
  return { document, revision: document.revision, position: document.position };
}

/** The fold's fields with the engine's; the engine's win, so that a fold cannot break the guard. */
export function stored(
  id: string,
  folded: object,
  revision: StreamRevision,
  position: GlobalPosition,
): StoredDocument {
  return { ...folded, _id: id, revision, position };
}
