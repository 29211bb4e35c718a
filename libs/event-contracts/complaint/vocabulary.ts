export const CUSTOMER_KINDS = ['owner', 'tenant', 'prospect'] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

export const CHANNELS = [
  'phone',
  'email',
  'live-chat',
  'fax',
  'web-form',
  'letter',
  'sales-office',
  'site-management',
  'event',
  'social',
] as const;
export type Channel = (typeof CHANNELS)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const STATUSES = [
  'received',
  'routed',
  'open',
  'resolved',
  'confirmed',
  'closed',
  'surveyed',
  'withdrawn',
] as const;
export type ComplaintStatus = (typeof STATUSES)[number];

/** `rejected` is a complaint found to be unfounded; its explanation is the reason that the customer is told. */
export const RESOLUTION_OUTCOMES = ['fixed', 'explained', 'compensated', 'rejected', 'duplicate'] as const;
export type ResolutionOutcome = (typeof RESOLUTION_OUTCOMES)[number];

export const SURVEY_ATTEMPT_OUTCOMES = [
  'no-answer',
  'busy',
  'refused',
  'call-back',
  'wrong-number',
  'unreachable',
] as const;
export type SurveyAttemptOutcome = (typeof SURVEY_ATTEMPT_OUTCOMES)[number];

export const FOLLOW_UP_PARTIES = ['customer', 'team', 'other'] as const;
export type FollowUpParty = (typeof FOLLOW_UP_PARTIES)[number];

export const SATISFACTION_DIMENSIONS = ['solution', 'technique', 'attention', 'quality', 'duration'] as const;
export type SatisfactionDimension = (typeof SATISFACTION_DIMENSIONS)[number];

/** 1 to 5; null where the question did not apply. */
export type Score = 1 | 2 | 3 | 4 | 5;
export type SatisfactionScores = Readonly<Record<SatisfactionDimension, Score | null>>;
