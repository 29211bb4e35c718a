import { documentHash, addToDigest, sumDigests } from '#libs/projection-engine/documents/digest.js';
import { LogFold } from '#libs/projection-engine/fold/log-fold.js';
import { Skips } from '#libs/projection-engine/fold/skips.js';
import { runnable } from '#libs/projection-engine/fold/runnable-projection.js';
import type { StoredDocument } from '#libs/projection-engine/index.js';
import type { MemoryLog } from './memory-log.js';
import type { MemoryProjectionStore } from './memory-projection-store.js';
import { tallyProjection } from './tally-projection.js';

export interface ReadModelState {
  readonly documents: Readonly<Record<string, StoredDocument>>;
  readonly digest: string;
  readonly count: number;
}

/** What the read model must hold, by the plain fold. */
export function cleanFold(log: MemoryLog, skips = new Skips()): ReadModelState {
  const fold = new LogFold(runnable(tallyProjection), skips, () => true);
  for (const message of log.messages) fold.apply(message);
  const documents: Record<string, StoredDocument> = {};
  let digest = '0'.repeat(64);
  for (const [id, { state }] of fold.complaints) {
    if (!state.document) continue;
    documents[id] = state.document;
    digest = addToDigest(digest, documentHash(state.document));
  }
  return { documents, digest, count: Object.keys(documents).length };
}

/** What it does hold, and what its checkpoints say of it. */
export function storedState(store: MemoryProjectionStore, collection = 'tally_v1'): ReadModelState {
  const records = [...store.records.values()];
  return {
    documents: Object.fromEntries(store.collection(collection)),
    digest: sumDigests(records.map(({ digest }) => digest)),
    count: records.reduce((sum, { documents }) => sum + documents, 0),
  };
}
