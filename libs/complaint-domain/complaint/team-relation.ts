import { type Rejection, notAllowed } from '../decision/rejection.js';
import type { Actor } from '#libs/event-contracts/index.js';
import type { Complaint } from './complaint-state.js';

/** An officer speaks for one team: what another team has, or no team yet, is not theirs. */
export function notTheOfficersTeam(actor: Actor, complaint: Complaint): Rejection | undefined {
  if (actor.role !== 'officer') return undefined;
  if (complaint.team === undefined) {
    return notAllowed(
      'not-your-team',
      'No team has this complaint yet; call management has to route it first.',
    );
  }
  if (actor.team === complaint.team) return undefined;
  return notAllowed(
    'not-your-team',
    `Team "${complaint.team}" has this complaint; only its officers may do this.`,
  );
}
