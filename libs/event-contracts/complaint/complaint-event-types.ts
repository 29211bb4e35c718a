import type { ComplaintEventType } from './complaint-events.js';

/** A record, so that the compiler misses no type. */
const TYPES: Readonly<Record<ComplaintEventType, true>> = {
  ComplaintReceived: true,
  ComplaintCategorised: true,
  PriorityChanged: true,
  ComplaintRouted: true,
  ActivityOpened: true,
  ActionRecorded: true,
  FollowUpRecorded: true,
  ClockPaused: true,
  ClockResumed: true,
  ComplaintEscalated: true,
  ComplaintResolved: true,
  ResolutionConfirmed: true,
  ResolutionRejected: true,
  ComplaintClosed: true,
  ComplaintReopened: true,
  ComplaintWithdrawn: true,
  SurveyAttempted: true,
  SatisfactionSurveyed: true,
};

export const COMPLAINT_EVENT_TYPES = Object.keys(TYPES) as readonly ComplaintEventType[];

export function isComplaintEventType(type: string): type is ComplaintEventType {
  return Object.hasOwn(TYPES, type);
}
