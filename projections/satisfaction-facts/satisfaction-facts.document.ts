import type {
  Channel,
  SatisfactionScores,
  Score,
  SurveyAttemptOutcome,
} from '#libs/event-contracts/index.js';
import type { IndexSpec, ProjectionDocument } from '#libs/projection-engine/projection.js';

export interface SurveyCall {
  readonly at: string;
  readonly outcome: SurveyAttemptOutcome;
}

/** The survey of one cycle. Whoever was not reached is here, too: answers of a few must not be read as those of all. */
export interface SurveyRecord {
  readonly cycle: number;
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly resolvedBy: string | null;
  readonly onTheSpot: boolean;
  /** When the result that was accepted had been entered. */
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly calls: readonly SurveyCall[];
  /** The last call that the policy asked for reached nobody. */
  readonly unreachedAt: string | null;
  readonly surveyedAt: string | null;
  readonly surveyedBy: string | null;
  readonly scores: SatisfactionScores | null;
  readonly overall: Score | null;
  readonly questionnaireVersion: string | null;
  /** Re-opened before anybody answered: the next cycle is surveyed instead. */
  readonly reopenedAt: string | null;
}

/** No comment: it is personal text and stays in the log. */
export interface SatisfactionFacts extends ProjectionDocument {
  readonly reference: string;
  readonly channel: Channel;
  readonly project: string | null;
  readonly priority: string;
  readonly receivedAt: string;
  readonly lastEventAt: string;
  /** Closed, and the survey neither answered nor given up. */
  readonly pending: boolean;
  readonly surveys: readonly SurveyRecord[];
}

export const satisfactionFactsIndexes: readonly IndexSpec[] = [
  { name: 'changed', keys: { lastEventAt: 1, _id: 1 } },
  { name: 'pending', keys: { pending: 1, _id: 1 } },
];
