import {
  isComplaintEventType,
  laterMoment,
  type ComplaintEvent,
  type RecordedEvent,
} from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import {
  draftOfSatisfaction,
  draftOfSurvey,
  type SatisfactionDraft,
  type SurveyDraft,
} from './satisfaction-draft.fold.js';
import type { SatisfactionFacts, SurveyRecord } from './satisfaction-facts.document.js';

type Facts = Folded<SatisfactionFacts>;
type RecordedFact = RecordedEvent & ComplaintEvent;
type Reception = RecordedFact & { readonly type: 'ComplaintReceived' };
type Reopening = RecordedFact & { readonly type: 'ComplaintReopened' };
type Following = Exclude<
  RecordedFact,
  { readonly type: 'ComplaintReceived' | 'ComplaintReopened' | 'PriorityChanged' }
>;

export function foldSatisfactionFacts(facts: Facts | null, event: RecordedEvent): Facts | null {
  if (!isComplaintEventType(event.type)) return facts;
  const fact = event as RecordedFact;
  if (fact.type === 'ComplaintReceived') return facts ?? received(fact);
  const current = facts?.surveys.at(-1);
  if (facts === null || current === undefined) return facts;
  const draft = draftOfSatisfaction(facts);
  draft.lastEventAt = laterMoment(facts.lastEventAt, fact.metadata.occurredAt);
  if (fact.type === 'PriorityChanged') draft.priority = fact.data.priority;
  else if (fact.type === 'ComplaintReopened') reopen(draft, current, fact);
  else follow(draft, current, fact);
  return draft;
}

function reopen(draft: SatisfactionDraft, current: SurveyRecord, { data, metadata }: Reopening): void {
  const ended = draftOfSurvey(current);
  ended.reopenedAt = metadata.occurredAt;
  const begun = nothingAsked(data.cycle, current.callTree, current.category);
  draft.pending = false;
  draft.surveys = [...draft.surveys.slice(0, -1), ended, begun];
}

function follow(draft: SatisfactionDraft, current: SurveyRecord, fact: Following): void {
  const survey = draftOfSurvey(current);
  apply(survey, fact);
  draft.pending = isPending(survey);
  draft.surveys = [...draft.surveys.slice(0, -1), survey];
}

function isPending({ closedAt, surveyedAt, unreachedAt }: SurveyRecord): boolean {
  return closedAt !== null && surveyedAt === null && unreachedAt === null;
}

function received({ data, metadata }: Reception): Facts {
  return {
    reference: data.reference,
    channel: data.channel,
    project: data.property?.project ?? null,
    priority: data.priority,
    receivedAt: data.receivedAt,
    lastEventAt: metadata.occurredAt,
    pending: false,
    surveys: [nothingAsked(1, data.callTree, data.category ?? null)],
  };
}

function nothingAsked(cycle: number, callTree: string, category: string | null): SurveyRecord {
  return {
    cycle,
    team: null,
    callTree,
    category,
    resolvedBy: null,
    onTheSpot: false,
    resolvedAt: null,
    closedAt: null,
    calls: [],
    unreachedAt: null,
    surveyedAt: null,
    surveyedBy: null,
    scores: null,
    overall: null,
    questionnaireVersion: null,
    reopenedAt: null,
  };
}

function apply(survey: SurveyDraft, fact: Following): void {
  const { occurredAt, actor } = fact.metadata;
  switch (fact.type) {
    case 'ComplaintCategorised':
      survey.callTree = fact.data.callTree ?? survey.callTree;
      survey.category = fact.data.category ?? survey.category;
      return;
    case 'ComplaintRouted':
      survey.team = fact.data.team;
      return;
    case 'ComplaintResolved':
      survey.category = fact.data.category ?? survey.category;
      survey.resolvedBy = actor.sub;
      survey.resolvedAt = occurredAt;
      survey.onTheSpot = fact.data.onTheSpot;
      return;
    case 'ResolutionRejected':
      survey.resolvedBy = null;
      survey.resolvedAt = null;
      survey.onTheSpot = false;
      return;
    case 'ComplaintClosed':
      survey.closedAt = occurredAt;
      return;
    case 'SurveyAttempted':
      survey.calls = [...survey.calls, { at: occurredAt, outcome: fact.data.outcome }];
      survey.unreachedAt = fact.data.unreached ? occurredAt : null;
      return;
    case 'SatisfactionSurveyed':
      survey.surveyedAt = occurredAt;
      survey.surveyedBy = actor.sub;
      survey.scores = fact.data.scores;
      survey.overall = fact.data.overall;
      survey.questionnaireVersion = fact.data.questionnaireVersion;
      return;
    case 'ActivityOpened':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
    case 'ClockPaused':
    case 'ClockResumed':
    case 'ComplaintEscalated':
    case 'ResolutionConfirmed':
    case 'ComplaintWithdrawn':
      return;
  }
}
