import type { Actor, ConfigurationEvent } from '#libs/event-contracts/index.js';
import { type Decision, refuse } from '../decision/decision.js';
import { type Rejection, invalid, notAllowed } from '../decision/rejection.js';
import { formatInstant, parseInstant } from '../decision/instant.js';

/** A definition takes effect as it is published: there is no entering it late. */
export interface ConfigurationEnvelope {
  readonly actor: Actor;
  readonly now: string;
}

/** `system` seeds the default set on first start. */
const CONFIGURATION_ROLES: readonly string[] = ['admin', 'system'];

/** `events` is empty when nothing changes. */
export type ConfigurationDecision = Decision<ConfigurationEvent>;

/** Common frame of all definitions: role, moment, problems, then the fact unless it is known already. */
export function define(
  envelope: ConfigurationEnvelope,
  problem: () => Rejection | undefined,
  event: () => ConfigurationEvent | undefined,
): ConfigurationDecision {
  if (!CONFIGURATION_ROLES.includes(envelope.actor.role)) {
    return refuse(notAllowed('wrong-role', 'The configuration is changed with the role admin.'));
  }
  const now = parseInstant(envelope.now);
  if (now === undefined) return refuse(invalid('invalid-instant', '/now', 'The clock gave no instant.'));
  const found = problem();
  if (found) return refuse(found);
  const fact = event();
  return { ok: true, events: fact ? [fact] : [], occurredAt: formatInstant(now) };
}
