import { IsFlag, IsText, QueryLimit } from '#libs/http/index.js';

export class RebuildDto {
  @IsFlag({
    optional: true,
    description: 'Take over once it has caught up (default), or wait to be switched to',
  })
  switchWhenCaughtUp?: boolean;
}

export class ParkedDecisionDto {
  @IsText({
    max: 500,
    optional: true,
    description: 'Why; kept for the audit',
    example: 'fold mended in 1.4.2',
  })
  reason?: string;
}

export class ParkedSkipDto {
  @IsText({
    max: 500,
    description: 'Why; kept for the audit',
    example: 'written by a faulty import, without effect',
  })
  reason!: string;
}

export class ParkedDto {
  @IsText({ max: 2000, optional: true, description: 'nextCursor of the page before' })
  cursor?: string;

  @QueryLimit()
  limit = 50;
}

const BUILD = 'A build as the list names it';

export class CompareDto {
  @IsText({ max: 100, description: BUILD, example: 'sla-facts:v1:b1' })
  build!: string;

  @IsText({ max: 100, optional: true, description: `${BUILD}; default: the one that queries read` })
  with?: string;
}

export class SwitchDto {
  @IsText({ max: 100, description: BUILD, example: 'sla-facts:v1:b1' })
  build!: string;
}
