import { BrokenHistoryError } from '#libs/command-handling/index.js';
import { COMMAND_STATUSES, evolve, initialState, type ComplaintState } from '#libs/complaint-domain/index.js';
import { complaintStream, isComplaintEventType } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import {
  foldCycleFacts,
  type CycleFacts,
  type Instant,
  type RecordedFact,
} from '#libs/service-time/index.js';
import type { CurrentCycle } from './escalations-due.js';
import { importedUntil } from './import-quiet.js';

/**
 * The complaint's current cycle, folded from its whole stream: by the domain's own fold and the one that the facts of
 * service levels are made of, so that a timer and its check cannot disagree about the same history.
 * @throws BrokenHistoryError
 */
export async function currentCycle(
  eventStore: EventStore,
  complaintId: string,
): Promise<CurrentCycle | undefined> {
  let state: ComplaintState = initialState;
  let facts: CycleFacts | undefined;
  let heldUntil: Instant | undefined;
  for await (const message of eventStore.readStream(complaintStream(complaintId))) {
    if (message.kind === 'undecodable') {
      const { streamId, revision, reason } = message.event;
      throw new BrokenHistoryError(streamId, revision, reason);
    }
    if (message.kind !== 'event' || !isComplaintEventType(message.event.type)) continue;
    const fact = message.event as RecordedFact;
    state = evolve(state, fact);
    facts = foldCycleFacts(facts, fact);
    heldUntil = importedUntil(fact);
  }
  if (!state.exists || facts === undefined) return undefined;
  return {
    facts,
    levelReached: state.escalationLevel,
    running: !state.paused && COMMAND_STATUSES.escalate.includes(state.status),
    heldUntil,
  };
}
