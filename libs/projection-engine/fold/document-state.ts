import type { GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';
import type { StoredDocument } from '../store/projection-store.port.js';

/**
 * What is known of one complaint's document: also that there is none, and up to which revision that holds. The fold's own
 * result is kept as it came: most states are folded over before anybody asks for their document.
 */
export class DocumentState {
  private latest: object | null;
  private isStored = false;

  constructor(
    private readonly id: string,
    folded: object | null,
    /** Last revision absorbed, -1 for none. */
    readonly revision: StreamRevision,
    /** Last position absorbed, '' for none. */
    readonly position: GlobalPosition,
  ) {
    this.latest = folded;
  }

  /** What the next fold begins with; the engine's own fields in it, if any, are of no meaning. */
  get folded(): object | null {
    return this.latest;
  }

  /** The fold's fields with the engine's; the engine's win, so that a fold cannot break the guard. */
  get document(): StoredDocument | null {
    if (this.latest === null) return null;
    if (!this.isStored) {
      const { id, revision, position } = this;
      this.latest = { ...this.latest, _id: id, revision, position };
      this.isStored = true;
    }
    return this.latest as StoredDocument;
  }

  /** Further on, with nothing changed. */
  movedOn(revision: StreamRevision, position: GlobalPosition): DocumentState {
    return new DocumentState(this.id, this.latest, revision, position);
  }
}

export const UNTOUCHED = new DocumentState('', null, -1, '');

export function stateOf(document: StoredDocument): DocumentState {
  return new DocumentState(document._id, document, document.revision, document.position);
}
