import type { ComplaintCommandRequest } from '#libs/command-handling/index.js';
import { earlier, instantOf, parseInstant } from '#libs/service-time/index.js';
import { escalateComplaint, type Escalating } from './escalate-complaint.js';

/** Commands after which a level that has been passed might no longer be one: the clock stops, or gets another target. */
const CHANGING_THE_CLOCK: readonly ComplaintCommandRequest['type'][] = [
  'pause',
  'resolve',
  'withdraw',
  'categorise',
  'prioritise',
];

/**
 * Records the levels that were passed before such a command takes hold, should the sweep not have got to them yet: it runs
 * behind a read model, and that may lag or stand still. Otherwise it would depend on that whether a fact of time
 * becomes an event. What is entered late takes hold when it happened. Not while a history is imported.
 */
export async function escalateBefore(
  escalating: Escalating,
  request: ComplaintCommandRequest,
): Promise<void> {
  const { type, complaintId, origin } = request;
  if (complaintId === undefined || origin.importing === true || !CHANGING_THE_CLOCK.includes(type)) return;
  const now = instantOf(escalating.commands.now());
  // A moment that cannot be read is for the decider to refuse.
  const takesHold = origin.occurredAt === undefined ? now : parseInstant(origin.occurredAt);
  if (takesHold !== undefined) await escalateComplaint(escalating, complaintId, earlier(takesHold, now));
}
