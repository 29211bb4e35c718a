import type { Folded } from '#libs/projection-engine/projection.js';
import type { SatisfactionFacts, SurveyRecord } from './satisfaction-facts.document.js';

type Facts = Folded<SatisfactionFacts>;
type Draft<Of> = { -readonly [Key in keyof Of]: Of[Key] };

/* Every field is named, so that all copies are alike to the machine, whatever they were copied from. */

/** To be written to by the fold that made it, and by nobody after that. */
export type SatisfactionDraft = Draft<Facts>;

export type SurveyDraft = Draft<SurveyRecord>;

export function draftOfSatisfaction(facts: Facts): SatisfactionDraft {
  return {
    reference: facts.reference,
    channel: facts.channel,
    project: facts.project,
    priority: facts.priority,
    receivedAt: facts.receivedAt,
    lastEventAt: facts.lastEventAt,
    pending: facts.pending,
    surveys: facts.surveys,
  };
}

export function draftOfSurvey(survey: SurveyRecord): SurveyDraft {
  return {
    cycle: survey.cycle,
    team: survey.team,
    callTree: survey.callTree,
    category: survey.category,
    resolvedBy: survey.resolvedBy,
    onTheSpot: survey.onTheSpot,
    resolvedAt: survey.resolvedAt,
    closedAt: survey.closedAt,
    calls: survey.calls,
    unreachedAt: survey.unreachedAt,
    surveyedAt: survey.surveyedAt,
    surveyedBy: survey.surveyedBy,
    scores: survey.scores,
    overall: survey.overall,
    questionnaireVersion: survey.questionnaireVersion,
    reopenedAt: survey.reopenedAt,
  };
}
