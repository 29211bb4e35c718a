import { complaintStream, type RecordedEvent } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import { foldRegister, type RegisteredComplaint } from '#projections/complaint-register/index.js';

/**
 * A complaint folded from its stream, by the same fold as the register, up to the last event that is wanted. Null if
 * none is. An event that cannot be read ends it, as it holds up the register.
 */
export async function foldComplaint(
  eventStore: EventStore,
  id: string,
  wanted: (event: RecordedEvent) => boolean,
): Promise<RegisteredComplaint | null> {
  let complaint: RegisteredComplaint | null = null;
  for await (const message of eventStore.readStream(complaintStream(id))) {
    if (message.kind === 'position') continue;
    if (message.kind === 'undecodable' || !wanted(message.event)) break;
    const { revision, position } = message.event;
    const folded = foldRegister(complaint, message.event);
    complaint = folded === null ? null : { ...folded, _id: id, revision, position };
  }
  return complaint;
}
