import type { ComplaintEventData } from '#libs/event-contracts/index.js';

/** What people are told of an escalation. Nothing personal: whoever may see more follows the link. */
export interface EscalationNotice extends Omit<ComplaintEventData['ComplaintEscalated'], 'notify'> {
  readonly complaintId: string;
  readonly reference: string;
  /** The team that had the complaint when it escalated; absent before routing. */
  readonly team?: string;
  /** Of the calendar by which it was due. */
  readonly timeZone?: string;
  readonly link?: string;
}
