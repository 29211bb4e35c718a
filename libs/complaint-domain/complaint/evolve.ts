import { type ComplaintEvent, type EventContext, isComplaintEventType } from '#libs/event-contracts/index.js';
import type { Complaint, ComplaintState } from './complaint-state.js';

type FactMetadata = Pick<EventContext, 'occurredAt' | 'actor'>;

/** An event with what the fold reads of its envelope. A recorded event is one. */
export interface Fact {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: FactMetadata;
}

type ComplaintFact = ComplaintEvent & { readonly metadata: FactMetadata };

/** Total: facts of unknown type, and any fact before the reception, change nothing that decisions lean on. */
export function evolve(state: ComplaintState, fact: Fact): ComplaintState {
  const next = isComplaintEventType(fact.type) ? apply(state, fact as ComplaintFact) : state;
  if (!next.exists || fact.type === 'ComplaintEscalated') return next;
  const { occurredAt } = fact.metadata;
  return Date.parse(occurredAt) > Date.parse(next.lastToldAt) ? { ...next, lastToldAt: occurredAt } : next;
}

function apply(state: ComplaintState, fact: ComplaintFact): ComplaintState {
  if (fact.type === 'ComplaintReceived') return state.exists ? state : received(fact);
  return state.exists ? applyToComplaint(state, fact) : state;
}

function received(fact: ComplaintFact & { readonly type: 'ComplaintReceived' }): Complaint {
  const { data, metadata } = fact;
  return {
    exists: true,
    id: data.complaintId,
    reference: data.reference,
    customerRef: data.customer.ref,
    status: 'received',
    cycle: 1,
    cycleStartedAt: data.receivedAt,
    paused: false,
    escalationLevel: 0,
    priority: data.priority,
    callTree: data.callTree,
    ...(data.category === undefined ? {} : { category: data.category }),
    onTheSpot: false,
    surveyAttempts: 0,
    surveyEnded: false,
    lastToldAt: metadata.occurredAt,
  };
}

function applyToComplaint(
  complaint: Complaint,
  fact: Exclude<ComplaintFact, { readonly type: 'ComplaintReceived' }>,
): Complaint {
  const { metadata } = fact;
  switch (fact.type) {
    case 'ComplaintCategorised':
      return {
        ...complaint,
        callTree: fact.data.callTree ?? complaint.callTree,
        ...(fact.data.category === undefined ? {} : { category: fact.data.category }),
      };
    case 'PriorityChanged':
      return { ...complaint, priority: fact.data.priority };
    case 'ComplaintRouted':
      return { ...complaint, status: 'routed', team: fact.data.team };
    case 'ActivityOpened':
      return { ...complaint, status: 'open' };
    case 'ActionRecorded':
    case 'FollowUpRecorded':
      return complaint;
    case 'ClockPaused':
      return { ...complaint, paused: true };
    case 'ClockResumed':
      return { ...complaint, paused: false };
    case 'ComplaintEscalated':
      return { ...complaint, escalationLevel: fact.data.level };
    case 'ComplaintResolved':
      return {
        ...complaint,
        status: 'resolved',
        // There is nothing left to wait for: a result ends a pause.
        paused: false,
        resolvedBy: metadata.actor.sub,
        onTheSpot: fact.data.onTheSpot,
        ...(fact.data.category === undefined ? {} : { category: fact.data.category }),
      };
    case 'ResolutionConfirmed':
      return { ...complaint, status: 'confirmed' };
    case 'ResolutionRejected': {
      const { resolvedBy: _, ...rest } = complaint;
      return { ...rest, status: complaint.team === undefined ? 'received' : 'open', onTheSpot: false };
    }
    case 'ComplaintClosed':
      return { ...complaint, status: 'closed', closedAt: metadata.occurredAt };
    case 'ComplaintWithdrawn':
      return { ...complaint, status: 'withdrawn', paused: false };
    case 'ComplaintReopened':
      return newCycle(complaint, fact.data.cycle, metadata.occurredAt);
    case 'SurveyAttempted':
      return { ...complaint, surveyAttempts: fact.data.attempt, surveyEnded: fact.data.unreached };
    case 'SatisfactionSurveyed':
      return { ...complaint, status: 'surveyed', surveyEnded: true };
  }
}

function newCycle(complaint: Complaint, cycle: number, startedAt: string): Complaint {
  const { team: _team, resolvedBy: _resolvedBy, closedAt: _closedAt, ...kept } = complaint;
  return {
    ...kept,
    status: 'received',
    cycle,
    cycleStartedAt: startedAt,
    paused: false,
    escalationLevel: 0,
    onTheSpot: false,
    surveyAttempts: 0,
    surveyEnded: false,
  };
}
