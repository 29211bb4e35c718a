import type { UndecodableEvent } from '#libs/event-store/event-store.port.js';
import type { RecordedEvent } from '#libs/event-contracts/index.js';
import { foldOneComplaint } from '#libs/projection-engine/index.js';
import { complaintRegister, type RegisteredComplaint } from '#projections/complaint-register/index.js';
import type { QueryApiParts } from '../query-api.tokens.js';

/**
 * A complaint folded from its stream as the register folds it, up to the last event that is wanted. Null if none is. What
 * holds the register up ends it, and what the register passes over by decision it passes over.
 * @param decidedBy only what had been decided by this moment
 */
export async function foldComplaint(
  { eventStore: log, projectionStore: store }: Pick<QueryApiParts, 'eventStore' | 'projectionStore'>,
  id: string,
  wanted: (event: RecordedEvent | UndecodableEvent) => boolean,
  decidedBy?: string,
): Promise<RegisteredComplaint | null> {
  const document = await foldOneComplaint({
    log,
    store,
    projection: complaintRegister,
    complaintId: id,
    wanted,
    decidedBy,
  });
  return document as RegisteredComplaint | null;
}
