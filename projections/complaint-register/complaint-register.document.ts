import type {
  Channel,
  ComplaintStatus,
  CustomerKind,
  PersonalText,
  Priority,
  ResolutionOutcome,
} from '#libs/event-contracts/index.js';
import type { IndexSpec, ProjectionDocument } from '#libs/projection-engine/projection.js';

/** A result as it was entered. */
export interface RegisteredResult {
  readonly outcome: ResolutionOutcome;
  readonly explanation: PersonalText;
  readonly onTheSpot: boolean;
  readonly at: string;
  /** `sub` of who entered it. */
  readonly by: string;
}

/**
 * A complaint as it stands. Personal texts are here as they stand in the log: sealed with the customer's key, so that
 * erasing the key erases them here too. Instants are ISO 8601 UTC.
 */
export interface RegisteredComplaint extends ProjectionDocument {
  readonly reference: string;
  readonly externalId?: string;
  readonly status: ComplaintStatus;
  readonly paused: boolean;
  readonly pausedUntil?: string;
  /** Highest level reached in this cycle, 0 for none. */
  readonly escalationLevel: number;
  readonly cycle: number;
  readonly team?: string;
  /** Every team that ever had it, for what officers may read. */
  readonly teams: readonly string[];
  readonly callTree: string;
  readonly category?: string;
  readonly priority: Priority;
  /** 0 low to 3 urgent, so that the store can order by it. */
  readonly priorityRank: number;
  readonly channel: Channel;
  readonly customer: {
    readonly ref: string;
    readonly kind: CustomerKind;
    readonly name: PersonalText;
    readonly phone?: PersonalText;
    readonly email?: PersonalText;
    readonly locale?: string;
  };
  readonly property?: {
    readonly project: string;
    readonly block?: PersonalText;
    readonly unit?: PersonalText;
  };
  readonly subject: PersonalText;
  readonly description: PersonalText;
  readonly requestedRemedy?: PersonalText;
  readonly contactedAt: string;
  readonly receivedAt: string;
  /** `sub` of who recorded it. */
  readonly receivedBy: string;
  /** `sub` of the officer who opened the activity. */
  readonly officer?: string;
  /** The result that stands; gone when it is rejected or a new cycle begins. */
  readonly result?: RegisteredResult;
  readonly confirmedBy?: string;
  readonly closedAt?: string;
  readonly surveyAttempts: number;
  readonly surveyEnded: boolean;
  readonly overallScore?: number;
  /** What `q` finds it by, folded (`search-terms.fold.ts`); nothing personal. */
  readonly searchTerms: readonly string[];
  /** When the newest fact happened, and when it was recorded. */
  readonly lastEventAt: string;
  readonly lastRecordedAt: string;
}

/** One per way of asking `GET /complaints`; the tie-breaker `_id` is the last key of each. */
export const complaintRegisterIndexes: readonly IndexSpec[] = [
  { name: 'reference', keys: { reference: 1 } },
  { name: 'terms', keys: { searchTerms: 1, receivedAt: -1, _id: -1 } },
  { name: 'received', keys: { receivedAt: -1, _id: -1 } },
  { name: 'status', keys: { status: 1, receivedAt: -1, _id: -1 } },
  { name: 'team', keys: { team: 1, receivedAt: -1, _id: -1 } },
  { name: 'teams', keys: { teams: 1, receivedAt: -1, _id: -1 } },
  { name: 'callTree', keys: { callTree: 1, receivedAt: -1, _id: -1 } },
  { name: 'category', keys: { category: 1, receivedAt: -1, _id: -1 } },
  { name: 'channel', keys: { channel: 1, receivedAt: -1, _id: -1 } },
  { name: 'escalated', keys: { escalationLevel: 1, receivedAt: -1, _id: -1 } },
  { name: 'priority', keys: { priorityRank: -1, _id: -1 } },
  { name: 'changed', keys: { lastEventAt: -1, _id: -1 } },
];
