import {
  isComplaintEventType,
  laterMoment,
  PRIORITIES,
  type ComplaintEvent,
  type RecordedEvent,
} from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import type { RegisteredComplaint } from './complaint-register.document.js';
import { draftOf, type RegisterDraft } from './register-draft.fold.js';
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
  const draft = draftOf(register);
  apply(draft, fact);
  draft.lastEventAt = laterMoment(register.lastEventAt, fact.metadata.occurredAt);
  draft.lastRecordedAt = fact.recordedAt;
  return draft;
}

function received({ data, metadata, recordedAt }: Reception): Register {
  const { customer, property } = data;
  return {
    reference: data.reference,
    externalId: data.externalId,
    status: 'received',
    paused: false,
    pausedUntil: undefined,
    escalationLevel: 0,
    cycle: 1,
    team: undefined,
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
    officer: undefined,
    result: undefined,
    confirmedBy: undefined,
    closedAt: undefined,
    surveyAttempts: 0,
    surveyEnded: false,
    overallScore: undefined,
    searchTerms: searchTermsOf(data),
    lastEventAt: metadata.occurredAt,
    lastRecordedAt: recordedAt,
  };
}

function apply(draft: RegisterDraft, fact: Following): void {
  const { metadata } = fact;
  switch (fact.type) {
    case 'ComplaintCategorised':
      draft.callTree = fact.data.callTree ?? draft.callTree;
      draft.category = fact.data.category ?? draft.category;
      return;
    case 'PriorityChanged':
      draft.priority = fact.data.priority;
      draft.priorityRank = PRIORITIES.indexOf(fact.data.priority);
      return;
    case 'ComplaintRouted':
      route(draft, fact.data.team);
      return;
    case 'ActivityOpened':
      draft.status = 'open';
      draft.officer = fact.data.officer;
      return;
    case 'ActionRecorded':
    case 'FollowUpRecorded':
      return;
    case 'ClockPaused':
      draft.paused = true;
      draft.pausedUntil = fact.data.until;
      return;
    case 'ClockResumed':
      resume(draft);
      return;
    case 'ComplaintEscalated':
      draft.escalationLevel = fact.data.level;
      return;
    case 'ComplaintResolved':
      resolve(draft, fact);
      return;
    case 'ResolutionConfirmed':
      draft.status = 'confirmed';
      draft.confirmedBy = metadata.actor.sub;
      return;
    case 'ResolutionRejected':
      draft.status = draft.team === undefined ? 'received' : 'open';
      draft.result = undefined;
      return;
    case 'ComplaintClosed':
      draft.status = 'closed';
      draft.closedAt = metadata.occurredAt;
      return;
    case 'ComplaintWithdrawn':
      draft.status = 'withdrawn';
      resume(draft);
      return;
    case 'ComplaintReopened':
      reopen(draft, fact.data.cycle);
      return;
    case 'SurveyAttempted':
      draft.surveyAttempts = fact.data.attempt;
      draft.surveyEnded = fact.data.unreached;
      return;
    case 'SatisfactionSurveyed':
      draft.status = 'surveyed';
      draft.surveyEnded = true;
      draft.overallScore = fact.data.overall;
      return;
  }
}

function route(draft: RegisterDraft, team: string): void {
  draft.status = 'routed';
  draft.team = team;
  if (!draft.teams.includes(team)) draft.teams = [...draft.teams, team];
  draft.officer = undefined;
}

function resume(draft: RegisterDraft): void {
  draft.paused = false;
  draft.pausedUntil = undefined;
}

function resolve(
  draft: RegisterDraft,
  { data, metadata }: Following & { readonly type: 'ComplaintResolved' },
): void {
  draft.status = 'resolved';
  resume(draft);
  draft.category = data.category ?? draft.category;
  draft.result = {
    outcome: data.outcome,
    explanation: data.explanation,
    onTheSpot: data.onTheSpot,
    at: metadata.occurredAt,
    by: metadata.actor.sub,
  };
}

function reopen(draft: RegisterDraft, cycle: number): void {
  draft.status = 'received';
  draft.cycle = cycle;
  resume(draft);
  draft.escalationLevel = 0;
  draft.team = undefined;
  draft.officer = undefined;
  draft.result = undefined;
  draft.confirmedBy = undefined;
  draft.closedAt = undefined;
  draft.surveyAttempts = 0;
  draft.surveyEnded = false;
  draft.overallScore = undefined;
}
