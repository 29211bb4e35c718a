import { type Rejection, invalid } from '../decision/rejection.js';
import { parseInstant } from '../decision/instant.js';
import type { CommandEnvelope } from './complaint-command.js';

/**
 * The moment at which the command's fact happened, in milliseconds. Facts may be entered late, never ahead of the
 * clock and never out of order; without a moment given, now (or the previous fact's, should our clock lag behind).
 * @param previousFactAt of what people told: an escalation that the system found meanwhile keeps nothing out
 */
export function effectiveOccurredAt(
  command: Pick<CommandEnvelope, 'occurredAt' | 'now'>,
  previousFactAt: string | undefined,
): number | Rejection {
  const now = parseInstant(command.now);
  if (now === undefined) return invalid('invalid-instant', '/now', 'The clock gave no instant.');
  const previous = previousFactAt === undefined ? undefined : parseInstant(previousFactAt);
  if (command.occurredAt === undefined) return Math.max(now, previous ?? now);
  const occurredAt = parseInstant(command.occurredAt);
  if (occurredAt === undefined) {
    return invalid('invalid-instant', '/occurredAt', 'Give an ISO 8601 instant with offset, from 1970 on.');
  }
  if (occurredAt > now) {
    return invalid('occurred-in-future', '/occurredAt', 'Facts are recorded after they happen, not before.');
  }
  if (previous !== undefined && occurredAt < previous) {
    return invalid(
      'occurred-before-previous-fact',
      '/occurredAt',
      `The complaint's previous fact happened at ${String(previousFactAt)}; give that moment or a later one.`,
    );
  }
  return occurredAt;
}
