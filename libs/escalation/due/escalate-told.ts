import { escalateComplaint, type Escalating, type EscalationOutcome } from './escalate-complaint.js';

/**
 * Escalates a complaint whose imported history is known to be told to its end, by whoever told it: the same levels,
 * checks and commands, without waiting until nothing more has come in for a while.
 */
export function escalateTold(escalating: Escalating, complaintId: string): Promise<EscalationOutcome> {
  const currentCycle: Escalating['currentCycle'] = async (id) => {
    const cycle = await escalating.currentCycle(id);
    return cycle && { ...cycle, heldUntil: undefined };
  };
  return escalateComplaint({ ...escalating, currentCycle }, complaintId);
}
