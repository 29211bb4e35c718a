import type { ComplaintEvent } from '#libs/event-contracts/index.js';
import { COMMAND_RULES, type FollowingCommandType } from '../commands/command-rules.js';
import { type CommandRule, type Outcome, isRejection } from './command-rule.js';
import type {
  CommandOf,
  ComplaintCommand,
  ComplaintCommandType,
  DecisionContext,
} from './complaint-command.js';
import { COMMAND_ROLES, mayGive } from './command-roles.js';
import { COMMAND_STATUSES, commandsPossibleIn } from './transitions.js';
import type { Complaint, ComplaintState } from './complaint-state.js';
import { type Decision, refuse } from '../decision/decision.js';
import { type Rejection, illegal, invalid, notAllowed } from '../decision/rejection.js';
import { effectiveOccurredAt } from './occurred-at.js';
import { formatInstant } from '../decision/instant.js';
import { isObject } from '../decision/input.js';
import { notTheOfficersTeam } from './team-relation.js';
import { receiveComplaint } from '../commands/receive-complaint.js';

/**
 * What a command leads to. Checked in this order: role; existence; the team that has it; status and flags; what the
 * actor has to do with the complaint (team, four eyes); the moment; the body. Never throws for a bad command.
 */
export function decide(
  command: ComplaintCommand,
  state: ComplaintState,
  context: DecisionContext,
): Decision<ComplaintEvent> {
  const refusal = wrongRole(command) ?? noBody(command.data);
  if (refusal) return refuse(refusal);
  if (command.type === 'receive') return decideReception(command, state, context);
  if (!state.exists) {
    return refuse({
      kind: 'not-found',
      code: 'unknown-complaint',
      detail: 'There is no complaint with this id; look it up by its reference number.',
    });
  }
  return decideFollowing(command, state, context);
}

function wrongRole({ type, actor, importing }: ComplaintCommand): Rejection | undefined {
  if (!Object.hasOwn(COMMAND_ROLES, type)) {
    return invalid('unknown-command', '', `Known commands: ${Object.keys(COMMAND_ROLES).join(', ')}.`);
  }
  if (mayGive(type, actor.role, importing)) return undefined;
  return notAllowed('wrong-role', `This needs one of the roles: ${COMMAND_ROLES[type].join(', ')}.`);
}

function noBody(data: unknown): Rejection | undefined {
  return isObject(data) ? undefined : invalid('required', '', 'The body has to be a JSON object.');
}

function decideReception(
  command: CommandOf<'receive'>,
  state: ComplaintState,
  context: DecisionContext,
): Decision<ComplaintEvent> {
  if (state.exists) {
    return refuse(
      illegal(state.status, 'already-received', 'A complaint with this id was received already.'),
    );
  }
  const occurredAt = effectiveOccurredAt(command, undefined);
  if (typeof occurredAt !== 'number') return refuse(occurredAt);
  return decided(receiveComplaint(command, context, occurredAt), occurredAt);
}

function decideFollowing<Type extends FollowingCommandType>(
  command: CommandOf<Type>,
  complaint: Complaint,
  context: DecisionContext,
): Decision<ComplaintEvent> {
  // The table is typed per command; TypeScript cannot follow the link from the command's type to its entry.
  const rule = COMMAND_RULES[command.type] as unknown as CommandRule<Type>;
  const outsider = rule.ofTheTeam ? notTheOfficersTeam(command.actor, complaint) : undefined;
  const refusal =
    (complaint.team === undefined ? undefined : outsider) ??
    wrongStatus(command.type, rule.verb, complaint) ??
    rule.stateForbids?.(complaint, command) ??
    outsider ??
    rule.actorMayNot?.(complaint, command);
  if (refusal) return refuse(refusal);
  const occurredAt = effectiveOccurredAt(command, complaint.lastToldAt);
  if (typeof occurredAt !== 'number') return refuse(occurredAt);
  return decided(rule.decide(command, complaint, context, occurredAt), occurredAt);
}

function wrongStatus(type: ComplaintCommandType, verb: string, complaint: Complaint): Rejection | undefined {
  const { status } = complaint;
  const statuses = COMMAND_STATUSES[type];
  if (statuses.includes(status)) return undefined;
  return {
    kind: 'illegal-transition',
    code: 'illegal-transition',
    status,
    possible: commandsPossibleIn(status),
    detail: `A complaint that is ${status} cannot be ${verb}; it would have to be ${statuses.join(' or ')}.`,
  };
}

function decided(outcome: Outcome, occurredAt: number): Decision<ComplaintEvent> {
  return isRejection(outcome)
    ? refuse(outcome)
    : { ok: true, events: [outcome], occurredAt: formatInstant(occurredAt) };
}
