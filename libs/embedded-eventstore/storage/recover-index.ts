import { readStoredEvent } from '../wire/read-stored-event.js';
import type { IndexedEvent } from './recent-index.js';

/** What is asked of a log whose index is behind its events, and where it is told what was found. */
export interface LogToIndex {
  readonly head: number;
  event(position: number): Buffer | undefined;
  streamNumber(name: Buffer): number | undefined;
  nameStream(name: Buffer): number;
  lastRevision(streamNumber: number): number | undefined;
  revisionOf(streamNumber: number, id: string): number | undefined;
  remember(event: IndexedEvent): void;
}

/**
 * Reads into memory what the indexes lack of the latest events (see recent-index.ts). They are written together with what makes
 * them count, so they always cover the first so many positions; which is as many as there are entries of revisions.
 */
export function recoverIndex(log: LogToIndex, indexed: number): void {
  for (let position = indexed + 1; position <= log.head; position++) {
    const stored = log.event(position);
    if (!stored) throw new Error(`the event at position ${position} is missing`);
    // A copy: what follows reads too.
    const { stream: name, revision, id } = readStoredEvent(Buffer.from(stored.subarray(0, stored.length)));
    const streamNumber = log.streamNumber(name) ?? log.nameStream(name);
    const expected = (log.lastRevision(streamNumber) ?? -1) + 1;
    if (revision !== expected)
      throw new Error(
        `the event at position ${position} has revision ${revision} where ${expected} should follow`,
      );
    const firstOfItsId = log.revisionOf(streamNumber, id) === undefined;
    log.remember({ streamNumber, revision, position, id, firstOfItsId });
  }
}
