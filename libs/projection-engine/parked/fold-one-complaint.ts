import type { EventStore } from '#libs/event-store/event-store.port.js';
import { foldComplaint, type ComplaintFoldRequest } from '../fold/fold-complaint.js';
import { runnable } from '../fold/runnable-projection.js';
import type { AnyProjection } from '../projection.js';
import type { ProjectionStore, StoredDocument } from '../store/projection-store.port.js';
import { loadSkips } from './load-skips.js';

/** The document that a projection has of one complaint, or had at an earlier event, straight from the log. */
export async function foldOneComplaint(request: {
  readonly log: EventStore;
  readonly store: Pick<ProjectionStore, 'requests'>;
  readonly projection: AnyProjection;
  readonly complaintId: string;
  readonly wanted: ComplaintFoldRequest['wanted'];
  /** What was skipped by decision later than this does not count; default: all that is decided now. */
  readonly decidedBy?: string;
}): Promise<StoredDocument | null> {
  const { log, store, projection, complaintId, wanted, decidedBy } = request;
  const skips = await loadSkips(store, projection, decidedBy);
  const { state } = await foldComplaint({ log, runs: runnable(projection), complaintId, skips, wanted });
  return state.document;
}
