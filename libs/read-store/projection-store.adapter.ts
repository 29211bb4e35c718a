import type { ProjectionStore } from '#libs/projection-engine/index.js';
import { buildsIn, membersIn } from './projection-records.adapter.js';
import { checkpointsIn } from './projection-checkpoints.adapter.js';
import { documentsIn } from './projection-documents.adapter.js';
import { parkedIn, requestsIn } from './projection-parked.adapter.js';
import type { ReadStore } from './read-store.js';

/** The projection engine's store on this read store: one-document operations only, so it holds on any topology. */
export function projectionStoreOn(readStore: ReadStore): ProjectionStore {
  return {
    documents: documentsIn(readStore),
    checkpoints: checkpointsIn(readStore),
    builds: buildsIn(readStore),
    members: membersIn(readStore),
    parked: parkedIn(readStore),
    requests: requestsIn(readStore),
  };
}
