import {
  SATISFACTION_DIMENSIONS,
  SURVEY_ATTEMPT_OUTCOMES,
  type SatisfactionDimension,
  type SurveyAttemptOutcome,
} from '#libs/event-contracts/index.js';
import { responseRate1 } from '#libs/service-time/index.js';
import type { SurveyedComplaintFact, SurveyFact } from '../facts.js';
import { ScoreCounter, type ScoreFigures } from '../figures/scores.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import { endOf, isWithin, type Aggregator, type ReportFrame } from '../report-frame.js';

/** How the surveys that ended in the period ended, in the letters of AAPOR's Standard Definitions. */
export interface ResponseFigures {
  /** Surveys that ended in the period. */
  readonly n: number;
  /** I */ readonly complete: number;
  /** R */ readonly refused: number;
  /** NC */ readonly notContacted: number;
  /** O: put off until the calls were used up */ readonly other: number;
  /** UH and UO: wrong number, unreachable */ readonly unknown: number;
  /** AAPOR's response rate 1, 0 to 1. */
  readonly rate: number | null;
  /** Closed, and not yet answered or given up at the end of the period. */
  readonly pending: number;
}

export interface SatisfactionFigures {
  /** Surveys answered in the period. */
  readonly n: number;
  readonly overall: ScoreFigures;
  readonly dimensions: Readonly<Record<SatisfactionDimension, ScoreFigures>>;
  readonly responses: ResponseFigures;
  /** Calls made in the period, the answered ones included. */
  readonly attempts: Readonly<Record<SurveyAttemptOutcome | 'answered', number>>;
}

type Disposition = 'complete' | 'refused' | 'notContacted' | 'other' | 'unknown';

class SatisfactionCounter {
  readonly overall = new ScoreCounter();
  readonly dimensions = perKey(SATISFACTION_DIMENSIONS, () => new ScoreCounter());
  readonly ended: Record<Disposition, number> = {
    complete: 0,
    refused: 0,
    notContacted: 0,
    other: 0,
    unknown: 0,
  };
  readonly attempts = perKey([...SURVEY_ATTEMPT_OUTCOMES, 'answered'] as const, () => 0);
  pending = 0;

  answered({ scores, overall }: SurveyFact): void {
    this.ended.complete += 1;
    this.attempts.answered += 1;
    this.overall.add(overall);
    for (const dimension of SATISFACTION_DIMENSIONS)
      this.dimensions[dimension].add(scores?.[dimension] ?? null);
  }

  figures(): SatisfactionFigures {
    const { ended, pending } = this;
    const n = ended.complete + ended.refused + ended.notContacted + ended.other + ended.unknown;
    return {
      n: ended.complete,
      overall: this.overall.figures(),
      dimensions: {
        solution: this.dimensions.solution.figures(),
        technique: this.dimensions.technique.figures(),
        attention: this.dimensions.attention.figures(),
        quality: this.dimensions.quality.figures(),
        duration: this.dimensions.duration.figures(),
      },
      responses: { n, ...ended, rate: responseRate1({ ...ended, partial: 0 }), pending },
      attempts: { ...this.attempts },
    };
  }
}

/** Cohort: surveys by the moment they ended, calls by the moment they were made. `officer` is who had resolved it. */
export function satisfaction(
  frame: ReportFrame,
): Aggregator<SurveyedComplaintFact, GroupedFigures<SatisfactionFigures>> {
  const groups = new Groups(frame, () => new SatisfactionCounter());
  const end = endOf(frame);

  function addSurvey({ channel, project, priority }: SurveyedComplaintFact, survey: SurveyFact): void {
    const about = { ...survey, channel, project, priority, officer: survey.resolvedBy };
    const count = (moment: string, into: (counter: SatisfactionCounter) => void): void => {
      groups.count({ ...about, moment }, into);
    };
    for (const { at, outcome } of survey.calls) {
      if (isWithin(frame, at)) {
        count(at, (counter) => {
          counter.attempts[outcome] += 1;
        });
      }
    }
    if (isWithin(frame, survey.surveyedAt)) {
      count(survey.surveyedAt, (counter) => {
        counter.answered(survey);
      });
    } else if (isWithin(frame, survey.unreachedAt)) {
      const disposition = dispositionOf(survey.calls.at(-1)?.outcome);
      count(survey.unreachedAt, (counter) => {
        counter.ended[disposition] += 1;
      });
    } else if (isPendingAt(survey, end)) {
      count(new Date(Date.parse(end) - 1).toISOString(), (counter) => {
        counter.pending += 1;
      });
    }
  }

  return {
    add: (complaint) => {
      for (const survey of complaint.surveys) addSurvey(complaint, survey);
    },
    finish: () => groups.finish((counter) => counter.figures()),
  };
}

function isPendingAt({ closedAt, surveyedAt, unreachedAt, reopenedAt }: SurveyFact, at: string): boolean {
  const before = (moment: string | null): boolean => moment !== null && moment < at;
  return before(closedAt) && !before(surveyedAt) && !before(unreachedAt) && !before(reopenedAt);
}

/** By the last call: what stood between us and the answer. */
function dispositionOf(last: SurveyAttemptOutcome | undefined): Disposition {
  switch (last) {
    case 'refused':
      return 'refused';
    case 'no-answer':
    case 'busy':
      return 'notContacted';
    case 'call-back':
      return 'other';
    case 'wrong-number':
    case 'unreachable':
    case undefined:
      return 'unknown';
  }
}

function perKey<Key extends string, Value>(keys: readonly Key[], value: () => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value()])) as Record<Key, Value>;
}
