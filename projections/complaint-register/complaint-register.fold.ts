import {
  isComplaintEventType,
  laterMoment,
  PRIORITIES,
  type ComplaintEvent,
  type RecordedEvent,
} from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import type { RegisteredComplaint } from './complaint-register.document.js';
import { searchTermsOf } from './search-terms.fold.js';

type Register = Folded<RegisteredComplaint>;
type RecordedFact = RecordedEvent & ComplaintEvent;
type Reception = RecordedFact & { readonly type: 'ComplaintReceived' };
type Following = Exclude<RecordedFact, { readonly type: 'ComplaintReceived' }>;

/** Pure and total: what is not known here changes nothing, what comes before the reception leads to no document. */
export function foldRegister(register: Register | null, event: RecordedEvent): Register | null {
  if (!isComplaintEventType(event.type)) return register;
  const fact = event as RecordedFact;
  if (fact.type === 'ComplaintReceived') return register ?? received(fact);
  if (register === null) return null;
  return {
    ...apply(register, fact),
    lastEventAt: laterMoment(register.lastEventAt, fact.metadata.occurredAt),
    lastRecordedAt: fact.recordedAt,
  };
}

function received({ data, metadata, recordedAt }: Reception): Register {
  const { customer, property } = data;
  return {
    reference: data.reference,
    externalId: data.externalId,
    status: 'received',
    paused: false,
    escalationLevel: 0,
    cycle: 1,
    teams: [],
    callTree: data.callTree,
    category: data.category,
    priority: data.priority,
    priorityRank: PRIORITIES.indexOf(data.priority),
    channel: data.channel,
    customer,
    property,
    subject: data.subject,
    description: data.description,
    requestedRemedy: data.requestedRemedy,
    contactedAt: data.contactedAt,
    receivedAt: data.receivedAt,
    receivedBy: metadata.actor.sub,
    surveyAttempts: 0,
    surveyEnded: false,
    searchTerms: searchTermsOf(data),
    lastEventAt: metadata.occurredAt,
    lastRecordedAt: recordedAt,
  };
}

function apply(register: Register, fact: Following): Register {
  const { metadata } = fact;
  switch (fact.type) {
    case 'ComplaintCategorised':
      return {
        ...register,
        callTree: fact.data.callTree ?? register.callTree,
        category: fact.data.category ?? register.category,
      };
    case 'PriorityChanged':
      return {
        ...register,
        priority: fact.data.priority,
        priorityRank: PRIORITIES.indexOf(fact.data.priority),
      };
    case 'ComplaintRouted':
      return routed(register, fact.data.team);
    case 'ActivityOpened':
      return { ...register, status: 'open', officer: fact.data.officer };
    case 'ActionRecorded':
    case 'FollowUpRecorded':
      return register;
    case 'ClockPaused':
      return { ...register, paused: true, pausedUntil: fact.data.until };
    case 'ClockResumed':
      return { ...register, paused: false, pausedUntil: undefined };
    case 'ComplaintEscalated':
      return { ...register, escalationLevel: fact.data.level };
    case 'ComplaintResolved':
      return resolved(register, fact);
    case 'ResolutionConfirmed':
      return { ...register, status: 'confirmed', confirmedBy: metadata.actor.sub };
    case 'ResolutionRejected':
      return { ...register, status: register.team === undefined ? 'received' : 'open', result: undefined };
    case 'ComplaintClosed':
      return { ...register, status: 'closed', closedAt: metadata.occurredAt };
    case 'ComplaintWithdrawn':
      return { ...register, status: 'withdrawn', paused: false, pausedUntil: undefined };
    case 'ComplaintReopened':
      return reopened(register, fact.data.cycle);
    case 'SurveyAttempted':
      return { ...register, surveyAttempts: fact.data.attempt, surveyEnded: fact.data.unreached };
    case 'SatisfactionSurveyed':
      return { ...register, status: 'surveyed', surveyEnded: true, overallScore: fact.data.overall };
  }
}

function routed(register: Register, team: string): Register {
  const teams = register.teams.includes(team) ? register.teams : [...register.teams, team];
  return { ...register, status: 'routed', team, teams, officer: undefined };
}

function resolved(
  register: Register,
  { data, metadata }: Following & { readonly type: 'ComplaintResolved' },
): Register {
  return {
    ...register,
    status: 'resolved',
    paused: false,
    pausedUntil: undefined,
    category: data.category ?? register.category,
    result: {
      outcome: data.outcome,
      explanation: data.explanation,
      onTheSpot: data.onTheSpot,
      at: metadata.occurredAt,
      by: metadata.actor.sub,
    },
  };
}

function reopened(register: Register, cycle: number): Register {
  return {
    ...register,
    status: 'received',
    cycle,
    paused: false,
    pausedUntil: undefined,
    escalationLevel: 0,
    team: undefined,
    officer: undefined,
    result: undefined,
    confirmedBy: undefined,
    closedAt: undefined,
    surveyAttempts: 0,
    surveyEnded: false,
    overallScore: undefined,
  };
}
