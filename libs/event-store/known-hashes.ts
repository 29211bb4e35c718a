import type { StreamRevision } from '#libs/event-contracts/index.js';

interface KnownHash {
  readonly revision: StreamRevision;
  readonly hash: string;
}

/**
 * Hashes of the last event seen of each stream, so that appending after a load needs no second read. What an event's
 * hash is never changes, so an entry may be old but not wrong.
 */
export class KnownHashes {
  private readonly byStream = new Map<string, KnownHash>();

  constructor(private readonly capacity = 10_000) {}

  get(streamId: string, revision: StreamRevision): string | undefined {
    const known = this.byStream.get(streamId);
    return known?.revision === revision ? known.hash : undefined;
  }

  remember(streamId: string, revision: StreamRevision, hash: string): void {
    const known = this.byStream.get(streamId);
    if (known && known.revision > revision) return;
    // Taken out and put in again: the map's order is the order of last use.
    this.byStream.delete(streamId);
    this.byStream.set(streamId, { revision, hash });
    if (this.byStream.size <= this.capacity) return;
    const oldest = this.byStream.keys().next();
    if (!oldest.done) this.byStream.delete(oldest.value);
  }
}
