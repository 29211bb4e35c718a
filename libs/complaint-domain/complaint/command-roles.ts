import type { Role } from '#libs/event-contracts/index.js';
import type { ComplaintCommandType } from './complaint-command.js';

/** A supervisor is an agent who may do more: wherever an agent may, a supervisor may. */
const CALL_MANAGEMENT = ['supervisor', 'agent'] as const;

/**
 * Who may give which command at all: the domain's first check and the coarse 403 of the HTTP layer. Which officer,
 * and which agent, is for the domain to judge.
 */
export const COMMAND_ROLES: Readonly<Record<ComplaintCommandType, readonly Role[]>> = {
  receive: [...CALL_MANAGEMENT, 'service'],
  categorise: [...CALL_MANAGEMENT, 'officer'],
  prioritise: CALL_MANAGEMENT,
  route: [...CALL_MANAGEMENT, 'officer'],
  open: ['officer'],
  recordAction: ['officer'],
  recordFollowUp: [...CALL_MANAGEMENT, 'officer'],
  pause: [...CALL_MANAGEMENT, 'officer'],
  resume: [...CALL_MANAGEMENT, 'officer'],
  resolve: ['officer', ...CALL_MANAGEMENT],
  confirm: CALL_MANAGEMENT,
  reject: CALL_MANAGEMENT,
  close: CALL_MANAGEMENT,
  withdraw: CALL_MANAGEMENT,
  reopen: CALL_MANAGEMENT,
  recordSurveyAttempt: CALL_MANAGEMENT,
  recordSurvey: CALL_MANAGEMENT,
  escalate: ['system'],
};

/** The importer replays what people did in another system, so it may stand for any of them; never for the clock. */
export function mayGive(command: ComplaintCommandType, role: Role, importing = false): boolean {
  if (COMMAND_ROLES[command].includes(role)) return true;
  return importing && role === 'service' && command !== 'escalate';
}
