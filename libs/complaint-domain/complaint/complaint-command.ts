import type {
  Actor,
  Channel,
  Customer,
  FollowUpParty,
  Priority,
  Property,
  ResolutionOutcome,
  SatisfactionScores,
  Score,
  SurveyAttemptOutcome,
} from '#libs/event-contracts/index.js';

/** Bodies as in the contract, with what the shell adds (ids, a customer reference where none was given). */
export interface ComplaintCommandData {
  receive: {
    readonly complaintId: string;
    readonly reference: string;
    readonly customer: Customer;
    readonly property?: Property;
    readonly channel: Channel;
    readonly contactedAt: string;
    readonly callTree: string;
    readonly category?: string;
    /** Default: normal. */
    readonly priority?: Priority;
    readonly subject: string;
    readonly description: string;
    readonly requestedRemedy?: string;
    readonly externalId?: string;
  };
  categorise: { readonly callTree?: string; readonly category?: string; readonly reason?: string };
  prioritise: { readonly priority: Priority; readonly reason: string };
  route: { readonly team: string; readonly reason?: string };
  open: Readonly<Record<string, never>>;
  recordAction: { readonly kind: string; readonly description: string };
  recordFollowUp: { readonly note: string; readonly with?: FollowUpParty };
  pause: { readonly reason: string; readonly until?: string };
  resume: Readonly<Record<string, never>>;
  resolve: { readonly outcome: ResolutionOutcome; readonly explanation: string; readonly category?: string };
  confirm: { readonly note?: string };
  reject: { readonly reason: string };
  close: { readonly note?: string };
  withdraw: { readonly reason: string };
  reopen: { readonly reason: string };
  recordSurveyAttempt: { readonly outcome: SurveyAttemptOutcome; readonly callBackAt?: string };
  recordSurvey: {
    readonly scores: SatisfactionScores;
    readonly overall: Score;
    readonly comment?: string;
    /** Default: DEFAULT_QUESTIONNAIRE_VERSION. */
    readonly questionnaireVersion?: string;
  };
  escalate: {
    /** The cycle whose clock ran out; a command that comes after its cycle has ended is refused. */
    readonly cycle: number;
    readonly level: number;
    readonly at: string;
    readonly reachedAt: string;
    readonly dueAt: string;
    readonly notify: readonly string[];
    readonly policyVersion: number;
  };
}

export type ComplaintCommandType = keyof ComplaintCommandData;

export interface CommandEnvelope {
  readonly actor: Actor;
  /** When it happened in the world, ISO 8601 with offset. Default: now. */
  readonly occurredAt?: string;
  /** The shell's clock: the core has none. */
  readonly now: string;
  /** A history is being replayed: `service` may then stand for people whose role is not known. */
  readonly importing?: boolean;
}

export type CommandOf<Type extends ComplaintCommandType> = CommandEnvelope & {
  readonly type: Type;
  readonly data: ComplaintCommandData[Type];
};

export type ComplaintCommand = { [Type in ComplaintCommandType]: CommandOf<Type> }[ComplaintCommandType];

/** What decisions need of the configuration in force, as plain look-ups over active entries. */
export interface DecisionContext {
  hasTeam(code: string): boolean;
  hasCallTreeNode(code: string): boolean;
  hasCategory(code: string): boolean;
  /** Of the policy version that rules the complaint's cycle. */
  readonly policy: { readonly reopenWindowMs: number; readonly surveyAttempts: number };
}
