import type {
  Channel,
  CustomerKind,
  FollowUpParty,
  Priority,
  ResolutionOutcome,
  SatisfactionScores,
  Score,
  SurveyAttemptOutcome,
} from './vocabulary.js';

/**
 * Text about or by a person. Plain inside the command side, sealed with the customer's key in the log and in
 * read models; `personal-data.ts` lists where it stands in each event.
 */
export type PersonalText = string;

export interface Customer {
  /** The caller's own reference of the customer, or one made by the product. Names the key that seals the rest. */
  readonly ref: string;
  readonly kind: CustomerKind;
  readonly name: PersonalText;
  readonly phone?: PersonalText;
  readonly email?: PersonalText;
  /** BCP 47, e.g. tr-TR. */
  readonly locale?: string;
}

export interface Property {
  readonly project: string;
  readonly block?: PersonalText;
  readonly unit?: PersonalText;
}

/** Data of each event type in its newest version. */
export interface ComplaintEventData {
  ComplaintReceived: {
    readonly complaintId: string;
    readonly reference: string;
    readonly customer: Customer;
    readonly property?: Property;
    readonly channel: Channel;
    readonly contactedAt: string;
    readonly receivedAt: string;
    readonly callTree: string;
    readonly category?: string;
    readonly priority: Priority;
    readonly subject: PersonalText;
    readonly description: PersonalText;
    readonly requestedRemedy?: PersonalText;
    /** Identity of the case in the system that it was imported from. */
    readonly externalId?: string;
  };
  ComplaintCategorised: {
    readonly callTree?: string;
    readonly category?: string;
    readonly previousCallTree?: string;
    readonly previousCategory?: string;
    readonly reason?: PersonalText;
  };
  PriorityChanged: {
    readonly priority: Priority;
    readonly previousPriority: Priority;
    readonly reason: PersonalText;
  };
  ComplaintRouted: {
    readonly team: string;
    readonly previousTeam?: string;
    readonly reason?: PersonalText;
  };
  ActivityOpened: { readonly team: string; /** `sub` of the officer. */ readonly officer: string };
  ActionRecorded: { readonly kind: string; readonly description: PersonalText };
  FollowUpRecorded: { readonly note: PersonalText; readonly with?: FollowUpParty };
  ClockPaused: { readonly reason: PersonalText; readonly until?: string };
  ClockResumed: Record<string, never>;
  ComplaintEscalated: {
    readonly cycle: number;
    readonly level: number;
    /** The policy's words for the level, e.g. "80%" or "PT2H after". */
    readonly at: string;
    /** When the level was due to be reached, and when the clock itself is due. */
    readonly reachedAt: string;
    readonly dueAt: string;
    readonly notify: readonly string[];
    readonly policyVersion: number;
    /** Wall seconds between `reachedAt` and the system's acting on it. */
    readonly lateBySeconds: number;
  };
  ComplaintResolved: {
    readonly outcome: ResolutionOutcome;
    readonly explanation: PersonalText;
    readonly category?: string;
    /** By the agent who took the contact, without routing. */
    readonly onTheSpot: boolean;
  };
  ResolutionConfirmed: { readonly note?: PersonalText };
  ResolutionRejected: { readonly reason: PersonalText };
  ComplaintClosed: { readonly note?: PersonalText };
  ComplaintReopened: { /** The cycle that begins. */ readonly cycle: number; readonly reason: PersonalText };
  ComplaintWithdrawn: { readonly reason: PersonalText };
  SurveyAttempted: {
    readonly outcome: SurveyAttemptOutcome;
    /** Number of this attempt in its cycle, from 1. */
    readonly attempt: number;
    readonly callBackAt?: string;
    /** True when it was the last that the policy asks for: the survey ends as unreached. */
    readonly unreached: boolean;
  };
  SatisfactionSurveyed: {
    readonly scores: SatisfactionScores;
    readonly overall: Score;
    readonly comment?: PersonalText;
    readonly questionnaireVersion: string;
  };
}

export type ComplaintEventType = keyof ComplaintEventData;

/** A fact about a complaint: what it says, without its envelope. */
export type ComplaintEvent = {
  [Type in ComplaintEventType]: { readonly type: Type; readonly data: ComplaintEventData[Type] };
}[ComplaintEventType];
