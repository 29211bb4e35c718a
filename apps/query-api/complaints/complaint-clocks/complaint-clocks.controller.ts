import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import { UuidParam } from '#libs/http/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { visibilityOf } from '../../access/visibility.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { ComplaintClocksBody, type ComplaintClocks } from './complaint-clocks.body.js';
import { ComplaintClocksQuery } from './complaint-clocks.query.js';

@Controller('complaints')
export class ComplaintClocksController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/clocks')
  @QueryRoute({
    tag: 'complaints',
    summary: 'Each clock of each cycle, with the ledger that adds up to its elapsed time',
    roles: READING_ROLES.clocks,
    reads: ['sla-facts', 'configuration'],
    problems: ['invalid-id', 'not-found', 'not-your-team'],
  })
  @ApiOkResponse({ type: ComplaintClocksBody })
  clocks(@UuidParam() id: string, @CurrentCaller() caller: Caller): Promise<ComplaintClocks> {
    return this.queries.execute(new ComplaintClocksQuery(id, visibilityOf(caller)));
  }
}
