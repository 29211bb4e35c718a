import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { visibilityOf } from '../../access/visibility.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { WorklistSummaryBody, type WorklistSummary } from './worklist-summary.body.js';
import { WorklistSummaryDto } from './worklist-summary.dto.js';
import { WorklistSummaryQuery } from './worklist-summary.query.js';

@Controller('worklists')
export class WorklistSummaryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @QueryRoute({
    tag: 'worklists',
    summary: 'How much each worklist holds, by whether it is overdue, due today or later',
    description:
      'For the daily round: `follow-up` has all that is unfinished, `approval` what waits to be checked, `callBacks` the customers to call for the survey at an agreed moment. Counted one list after the other, while work goes on.',
    roles: READING_ROLES.worklists,
    reads: ['sla-facts'],
    problems: ['not-your-team'],
  })
  @ApiOkResponse({ type: WorklistSummaryBody })
  summary(@Query() { team }: WorklistSummaryDto, @CurrentCaller() caller: Caller): Promise<WorklistSummary> {
    return this.queries.execute(new WorklistSummaryQuery(team, visibilityOf(caller)));
  }
}
