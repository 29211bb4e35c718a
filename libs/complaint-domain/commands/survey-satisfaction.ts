import { SATISFACTION_DIMENSIONS, SURVEY_ATTEMPT_OUTCOMES } from '#libs/event-contracts/index.js';
import type { CommandRule } from '../complaint/command-rule.js';
import type { Complaint } from '../complaint/complaint-state.js';
import { compact, isObject, oneOf, textOf } from '../decision/input.js';
import { type Rejection, firstOrAll, illegal, invalid } from '../decision/rejection.js';
import { formatInstant } from '../decision/instant.js';
import { laterInstant } from './later-instant.js';
import { sameEyes } from '../complaint/four-eyes.js';

export const DEFAULT_QUESTIONNAIRE_VERSION = '1';

function surveyEnded(complaint: Complaint): Rejection | undefined {
  return complaint.surveyEnded
    ? illegal(complaint.status, 'survey-ended', 'The last call was made; the survey ended as unreached.')
    : undefined;
}

export const recordSurveyAttempt: CommandRule<'recordSurveyAttempt'> = {
  verb: 'called for the survey',
  ofTheTeam: false,
  stateForbids: surveyEnded,
  decide({ data }, complaint, { policy }, occurredAt) {
    const callBackAt = laterInstant(data.callBackAt, occurredAt, '/callBackAt', 'call-back-not-later');
    const problem = firstOrAll([
      oneOf(data.outcome, SURVEY_ATTEMPT_OUTCOMES, '/outcome'),
      typeof callBackAt === 'object' ? callBackAt : undefined,
      callBackProblem(data.outcome === 'call-back', callBackAt !== undefined),
    ]);
    if (problem) return problem;
    const attempt = complaint.surveyAttempts + 1;
    return {
      type: 'SurveyAttempted',
      data: compact({
        outcome: data.outcome,
        attempt,
        callBackAt: typeof callBackAt === 'number' ? formatInstant(callBackAt) : undefined,
        unreached: attempt >= policy.surveyAttempts,
      }),
    };
  },
};

function callBackProblem(asked: boolean, given: boolean): Rejection | undefined {
  if (asked && !given)
    return invalid('required', '/callBackAt', 'Say when the customer wants to be called back.');
  if (!asked && given) return invalid('call-back-only', '/callBackAt', 'Only a call-back has such a moment.');
  return undefined;
}

export const recordSurvey: CommandRule<'recordSurvey'> = {
  verb: 'surveyed',
  ofTheTeam: false,
  stateForbids: surveyEnded,
  // Also after a solution on the spot: nobody measures the satisfaction with their own work.
  actorMayNot: (complaint, { actor }) => sameEyes(actor, complaint),
  decide({ data }) {
    const scores: Readonly<Record<string, unknown>> = isObject(data.scores) ? data.scores : {};
    const problem = firstOrAll([
      ...SATISFACTION_DIMENSIONS.map((dimension) =>
        scores[dimension] === null ? undefined : scoreProblem(scores[dimension], `/scores/${dimension}`),
      ),
      scoreProblem(data.overall, '/overall'),
    ]);
    if (problem) return problem;
    const { solution, technique, attention, quality, duration } = data.scores;
    return {
      type: 'SatisfactionSurveyed',
      data: compact({
        scores: { solution, technique, attention, quality, duration },
        overall: data.overall,
        comment: textOf(data.comment),
        questionnaireVersion: textOf(data.questionnaireVersion) ?? DEFAULT_QUESTIONNAIRE_VERSION,
      }),
    };
  },
};

function scoreProblem(score: unknown, pointer: string): Rejection | undefined {
  return typeof score === 'number' && Number.isInteger(score) && score >= 1 && score <= 5
    ? undefined
    : invalid(
        'score-out-of-range',
        pointer,
        pointer === '/overall'
          ? 'Give a score from 1 to 5.'
          : 'Give a score from 1 to 5, or null where it does not apply.',
      );
}
