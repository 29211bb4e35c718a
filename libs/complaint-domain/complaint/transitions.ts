import { type ComplaintEventType, type ComplaintStatus, STATUSES } from '#libs/event-contracts/index.js';
import type { ComplaintCommandType } from './complaint-command.js';

export interface StatusTransition {
  /** null: there was no complaint yet. */
  readonly from: ComplaintStatus | null;
  readonly event: ComplaintEventType;
  readonly to: ComplaintStatus;
  /** For the diagram, where the same fact leads to different statuses. */
  readonly when?: string;
}

/** Every way in which a status changes. The state diagram in the docs is drawn from it. */
export const STATUS_TRANSITIONS: readonly StatusTransition[] = [
  { from: null, event: 'ComplaintReceived', to: 'received' },
  { from: 'received', event: 'ComplaintRouted', to: 'routed' },
  { from: 'received', event: 'ComplaintResolved', to: 'resolved', when: 'on the spot' },
  { from: 'routed', event: 'ComplaintRouted', to: 'routed', when: 'to another team' },
  { from: 'routed', event: 'ActivityOpened', to: 'open' },
  { from: 'open', event: 'ComplaintRouted', to: 'routed', when: 'to another team' },
  { from: 'open', event: 'ComplaintResolved', to: 'resolved' },
  { from: 'resolved', event: 'ResolutionConfirmed', to: 'confirmed' },
  { from: 'resolved', event: 'ResolutionRejected', to: 'open', when: 'a team has it' },
  { from: 'resolved', event: 'ResolutionRejected', to: 'received', when: 'it was resolved on the spot' },
  { from: 'confirmed', event: 'ComplaintClosed', to: 'closed' },
  { from: 'closed', event: 'SatisfactionSurveyed', to: 'surveyed' },
  { from: 'closed', event: 'ComplaintReopened', to: 'received', when: 'a new cycle' },
  { from: 'surveyed', event: 'ComplaintReopened', to: 'received', when: 'a new cycle' },
  { from: 'received', event: 'ComplaintWithdrawn', to: 'withdrawn' },
  { from: 'routed', event: 'ComplaintWithdrawn', to: 'withdrawn' },
  { from: 'open', event: 'ComplaintWithdrawn', to: 'withdrawn' },
  { from: 'resolved', event: 'ComplaintWithdrawn', to: 'withdrawn' },
  { from: 'confirmed', event: 'ComplaintWithdrawn', to: 'withdrawn' },
];

/** Statuses in which the resolution clock runs: it can be paused there, and escalates there. */
const RUNNING = ['received', 'routed', 'open'] as const satisfies readonly ComplaintStatus[];

/** Statuses in which each command is possible at all. */
export const COMMAND_STATUSES: Readonly<Record<ComplaintCommandType, readonly ComplaintStatus[]>> = {
  receive: [],
  categorise: STATUSES,
  prioritise: STATUSES,
  recordFollowUp: STATUSES,
  route: RUNNING,
  open: ['routed'],
  recordAction: ['open'],
  pause: RUNNING,
  resume: RUNNING,
  resolve: ['received', 'open'],
  confirm: ['resolved'],
  reject: ['resolved'],
  close: ['confirmed'],
  withdraw: ['received', 'routed', 'open', 'resolved', 'confirmed'],
  reopen: ['closed', 'surveyed'],
  recordSurveyAttempt: ['closed'],
  recordSurvey: ['closed'],
  escalate: RUNNING,
};

/** What people may do next, for messages that say how to go on. Escalation is not for people. */
export function commandsPossibleIn(status: ComplaintStatus): ComplaintCommandType[] {
  return (Object.keys(COMMAND_STATUSES) as ComplaintCommandType[]).filter(
    (command) => command !== 'escalate' && COMMAND_STATUSES[command].includes(status),
  );
}
