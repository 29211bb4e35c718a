import { documentHash } from '../documents/digest.js';
import type { DocumentState } from '../fold/document-state.js';
import type { DocumentVersion } from '../store/projection-store.port.js';

export interface CachedState {
  readonly state: DocumentState;
  /** What the store holds, which the guard names. Not always the state's: a lost document is folded again from the log. */
  readonly stored: DocumentVersion | null;
  /** Of the document, 0 for none: what the digest holds for it. */
  readonly hash: bigint;
}

export function withHash(state: DocumentState): CachedState {
  const { document } = state;
  if (!document) return { state, stored: null, hash: 0n };
  return {
    state,
    stored: { revision: document.revision, position: document.position },
    hash: documentHash(document),
  };
}

/**
 * The documents that were written last, least recently used first out. It also remembers complaints that have no
 * document, which a store without a row for them could not tell from a lost one.
 */
export class DocumentCache {
  private readonly entries = new Map<string, CachedState>();

  constructor(private readonly capacity: number) {}

  get(id: string): CachedState | undefined {
    const found = this.entries.get(id);
    if (found) {
      this.entries.delete(id);
      this.entries.set(id, found);
    }
    return found;
  }

  set(id: string, cached: CachedState): void {
    this.entries.delete(id);
    this.entries.set(id, cached);
    if (this.entries.size <= this.capacity) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  clear(): void {
    this.entries.clear();
  }
}
