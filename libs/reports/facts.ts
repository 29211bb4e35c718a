import type {
  Channel,
  Priority,
  SatisfactionScores,
  Score,
  SurveyAttemptOutcome,
} from '#libs/event-contracts/index.js';
import type { CycleFacts } from '#libs/service-time/index.js';

/*
 * What the reports read of a complaint. The read models' documents have this shape, live ones as well as those folded
 * from the log for a past moment. Instants are ISO 8601 UTC with milliseconds: their text order is their order in time.
 */

export interface ClockFact {
  /** Milliseconds of the clock's own kind; null while it runs. */
  readonly elapsed: number | null;
  readonly due: string | null;
  readonly compliant: boolean | null;
  readonly policyVersion: number;
}

export interface StayFact {
  readonly team: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly endedBy: 'routed' | 'resolved' | 'withdrawn' | null;
}

export interface CycleFact {
  readonly cycle: number;
  readonly startedAt: string;
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly priority: Priority;
  readonly resolvedAt: string | null;
  readonly resolvedBy: string | null;
  readonly withdrawnAt: string | null;
  readonly registration: ClockFact | null;
  readonly resolution: ClockFact | null;
  readonly stays: readonly StayFact[];
  readonly facts: Pick<CycleFacts, 'resolutions'>;
}

/** With all that its clocks were judged from, so that other rules can judge it again. */
export interface JudgeableCycle extends CycleFact {
  readonly facts: CycleFacts;
}

export interface EscalationFact {
  readonly level: number;
  readonly occurredAt: string;
  readonly lateBySeconds: number;
  readonly policyVersion: number;
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly priority: Priority;
}

export interface ComplaintFact<Cycle extends CycleFact = CycleFact> {
  readonly _id: string;
  readonly reference: string;
  readonly channel: Channel;
  readonly project: string | null;
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly priority: Priority;
  readonly receivedAt: string;
  readonly receivedBy: string;
  readonly cycles: readonly Cycle[];
  readonly escalations: readonly EscalationFact[];
}

/** All that is asked of escalations. */
export type EscalatedComplaintFact = Pick<ComplaintFact, 'channel' | 'project' | 'escalations'>;

export interface SurveyFact {
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly resolvedBy: string | null;
  readonly closedAt: string | null;
  readonly calls: readonly { readonly at: string; readonly outcome: SurveyAttemptOutcome }[];
  readonly unreachedAt: string | null;
  readonly surveyedAt: string | null;
  readonly scores: SatisfactionScores | null;
  readonly overall: Score | null;
  readonly reopenedAt: string | null;
}

export interface SurveyedComplaintFact {
  readonly channel: Channel;
  readonly project: string | null;
  readonly priority: string;
  readonly surveys: readonly SurveyFact[];
}
