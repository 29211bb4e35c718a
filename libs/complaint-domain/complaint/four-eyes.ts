import { type Rejection, notAllowed } from '../decision/rejection.js';
import type { Actor } from '#libs/event-contracts/index.js';
import type { Complaint } from './complaint-state.js';

/** Who entered the result may not judge it. */
export function sameEyes(actor: Actor, complaint: Complaint): Rejection | undefined {
  return complaint.resolvedBy === actor.sub
    ? notAllowed('four-eyes', 'You entered the result yourself; ask a colleague to do this.')
    : undefined;
}
