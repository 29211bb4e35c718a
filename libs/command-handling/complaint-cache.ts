import { LRUCache } from 'lru-cache';
import type { LoadedComplaint } from './loaded-complaint.js';

/**
 * Complaints as this process last saw them. A stale entry does no harm: an append at its revision fails, and a refusal
 * on its grounds is judged again on the stream itself.
 */
export class ComplaintCache {
  private readonly entries: LRUCache<string, LoadedComplaint>;

  constructor(maximum: number) {
    this.entries = new LRUCache({ max: maximum });
  }

  get(streamId: string): LoadedComplaint | undefined {
    return this.entries.get(streamId);
  }

  /** Keeps the newer of the two. */
  put(streamId: string, loaded: LoadedComplaint): void {
    const known = this.entries.peek(streamId);
    if (known === undefined || known.revision < loaded.revision) this.entries.set(streamId, loaded);
  }

  forget(streamId: string): void {
    this.entries.delete(streamId);
  }
}
