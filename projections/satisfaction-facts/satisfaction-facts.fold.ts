import {
  isComplaintEventType,
  laterMoment,
  type ComplaintEvent,
  type RecordedEvent,
} from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import type { SatisfactionFacts, SurveyRecord } from './satisfaction-facts.document.js';

type Facts = Folded<SatisfactionFacts>;
type RecordedFact = RecordedEvent & ComplaintEvent;
type Reception = RecordedFact & { readonly type: 'ComplaintReceived' };
type Following = Exclude<RecordedFact, { readonly type: 'ComplaintReceived' }>;

export function foldSatisfactionFacts(facts: Facts | null, event: RecordedEvent): Facts | null {
  if (!isComplaintEventType(event.type)) return facts;
  const fact = event as RecordedFact;
  if (fact.type === 'ComplaintReceived') return facts ?? received(fact);
  const current = facts?.surveys.at(-1);
  if (facts === null || current === undefined) return facts;
  const followed = { ...facts, lastEventAt: laterMoment(facts.lastEventAt, fact.metadata.occurredAt) };
  if (fact.type === 'PriorityChanged') return { ...followed, priority: fact.data.priority };
  const earlier = facts.surveys.slice(0, -1);
  if (fact.type !== 'ComplaintReopened') {
    const survey = continued(current, fact);
    return { ...followed, pending: isPending(survey), surveys: [...earlier, survey] };
  }
  const ended = { ...current, reopenedAt: fact.metadata.occurredAt };
  const begun = nothingAsked(fact.data.cycle, current.callTree, current.category);
  return { ...followed, pending: false, surveys: [...earlier, ended, begun] };
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

function continued(
  survey: SurveyRecord,
  fact: Exclude<Following, { readonly type: 'ComplaintReopened' | 'PriorityChanged' }>,
): SurveyRecord {
  const { occurredAt, actor } = fact.metadata;
  switch (fact.type) {
    case 'ComplaintCategorised':
      return {
        ...survey,
        callTree: fact.data.callTree ?? survey.callTree,
        category: fact.data.category ?? survey.category,
      };
    case 'ComplaintRouted':
      return { ...survey, team: fact.data.team };
    case 'ComplaintResolved':
      return {
        ...survey,
        category: fact.data.category ?? survey.category,
        resolvedBy: actor.sub,
        resolvedAt: occurredAt,
        onTheSpot: fact.data.onTheSpot,
      };
    case 'ResolutionRejected':
      return { ...survey, resolvedBy: null, resolvedAt: null, onTheSpot: false };
    case 'ComplaintClosed':
      return { ...survey, closedAt: occurredAt };
    case 'SurveyAttempted':
      return {
        ...survey,
        calls: [...survey.calls, { at: occurredAt, outcome: fact.data.outcome }],
        unreachedAt: fact.data.unreached ? occurredAt : null,
      };
    case 'SatisfactionSurveyed':
      return {
        ...survey,
        surveyedAt: occurredAt,
        surveyedBy: actor.sub,
        scores: fact.data.scores,
        overall: fact.data.overall,
        questionnaireVersion: fact.data.questionnaireVersion,
      };
    case 'ActivityOpened':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
    case 'ClockPaused':
    case 'ClockResumed':
    case 'ComplaintEscalated':
    case 'ResolutionConfirmed':
    case 'ComplaintWithdrawn':
      return survey;
  }
}
