import { SlaPolicyDto } from '#libs/definition-bodies/index.js';
import { IsIsoInstant, IsListOfTexts, IsNested, IsOneOf, IsText, IsWhole } from '#libs/http/index.js';
import { DIMENSIONS, isDimension, MOST_DIMENSIONS, type Dimension } from '#libs/reports/index.js';
import { IsGivenCalendar, type CalendarDraft } from '../../configuration/given-calendar.js';

export const JUDGED_REPORTS = ['resolution-compliance', 'registration-compliance'] as const;
export type JudgedReport = (typeof JUDGED_REPORTS)[number];

export class WhatIfDto {
  @IsNested(() => SlaPolicyDto, {
    optional: true,
    description:
      'Judges every cycle of the period, whatever its `effectiveFrom`. Left out: the versions that ruled them',
  })
  policy?: SlaPolicyDto;

  @IsGivenCalendar({
    optional: true,
    description:
      'By its code or its body; stands in for the one that the policy names. Left out: the newest version of that one',
  })
  calendar?: string | CalendarDraft;

  @IsOneOf(JUDGED_REPORTS, { optional: true })
  report: JudgedReport = 'resolution-compliance';

  @IsIsoInstant({ optional: true, description: 'Default: 90 days before `to`' })
  from?: string;

  @IsIsoInstant({ optional: true, description: 'Excluded. Default: now (or `asOf`)' })
  to?: string;

  @IsIsoInstant({ optional: true, description: 'What was recorded by this moment, folded from the log' })
  asOf?: string;

  @IsListOfTexts({
    optional: true,
    min: 1,
    max: MOST_DIMENSIONS,
    what: `one of ${DIMENSIONS.join(', ')}`,
    test: (value) => typeof value === 'string' && isDimension(value),
    description: 'One or two; default as in the report',
    example: ['team', 'month'],
  })
  groupBy?: Dimension[];

  @IsWhole({ optional: true, min: 1, max: 20, description: 'Level of the call tree that callTree groups by' })
  depth?: number;

  @IsWhole({ optional: true, min: 1, max: 200, description: 'Flips on a page; not for lines' })
  limit = 50;

  @IsText({ optional: true, max: 2000, description: 'The `nextCursor` of the page before' })
  cursor?: string;
}
