import { IsOneOf, IsText, QueryLimit } from '#libs/http/index.js';

export const HISTORY_BASES = ['recorded', 'occurred'] as const;
export type HistoryBasis = (typeof HISTORY_BASES)[number];

export class ComplaintHistoryDto {
  @IsOneOf(HISTORY_BASES, {
    optional: true,
    description:
      'By which of its two moments a fact is dated in `at`, and put in order. The two differ where people enter something late, after an escalation that the system found meanwhile.',
  })
  basis: HistoryBasis = 'recorded';

  @IsText({ max: 2000, optional: true, description: 'nextCursor of the page before' })
  cursor?: string;

  @QueryLimit()
  limit = 50;
}
