import { loadComplaint, type CommandHandling } from '#libs/command-handling/index.js';
import { COMMAND_STATUSES } from '#libs/complaint-domain/index.js';
import { complaintStream, isComplaintEventType } from '#libs/event-contracts/index.js';
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
 * service levels are made of, so that a timer and its check cannot disagree about the same history. What was read is
 * left to the commands, which decide and append at just this revision without reading it again.
 * @throws BrokenHistoryError
 */
export async function currentCycle(
  { eventStore, cache }: Pick<CommandHandling, 'eventStore' | 'cache'>,
  complaintId: string,
): Promise<CurrentCycle | undefined> {
  const streamId = complaintStream(complaintId);
  let facts: CycleFacts | undefined;
  let heldUntil: Instant | undefined;
  const loaded = await loadComplaint(eventStore, streamId, (event) => {
    if (!isComplaintEventType(event.type)) return;
    const fact = event as RecordedFact;
    facts = foldCycleFacts(facts, fact);
    heldUntil = importedUntil(fact);
  });
  const { state } = loaded;
  if (!state.exists || facts === undefined) return undefined;
  cache.put(streamId, loaded);
  return {
    facts,
    revision: loaded.revision,
    levelReached: state.escalationLevel,
    running: !state.paused && COMMAND_STATUSES.escalate.includes(state.status),
    heldUntil,
  };
}
