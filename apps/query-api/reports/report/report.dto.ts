import { IsCode, IsOneOf, QueryInstant, QueryList, QueryWhole } from '#libs/http/index.js';
import { DIMENSIONS, isDimension, MOST_DIMENSIONS, type Dimension } from '#libs/reports/index.js';

export const REPORT_FORMATS = ['json', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export class ReportDto {
  @QueryInstant({ description: 'Default: 90 days before `to`', example: '2026-01-01T00:00:00+03:00' })
  from?: string;

  @QueryInstant({ description: 'Excluded. Default: now (or `asOf`)', example: '2026-04-01T00:00:00+03:00' })
  to?: string;

  @QueryList({
    max: MOST_DIMENSIONS,
    what: `one of ${DIMENSIONS.join(', ')}`,
    test: (value) => typeof value === 'string' && isDimension(value),
    description: 'One or two, e.g. channel,month',
    example: ['channel', 'month'],
  })
  groupBy?: Dimension[];

  @QueryWhole({
    min: 1,
    max: 20,
    description:
      'Level of the call tree that callTree groups by, 1 for main categories; default: the node itself',
  })
  depth?: number;

  @QueryInstant({
    description: 'What was recorded by this moment, folded from the log; default: the live read models',
  })
  asOf?: string;

  @IsCode({
    optional: true,
    description:
      'Judges resolutions again by the newest version of this calendar, beside the verdicts given then (`judgedAgain`); months and weeks begin in its zone. Default for the zone: the calendar "default"',
  })
  calendar?: string;

  @IsOneOf(REPORT_FORMATS, { optional: true })
  format: ReportFormat = 'json';
}
