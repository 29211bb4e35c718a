import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import { WORKLISTS, type Worklist } from '#projections/sla-facts/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { visibilityOf } from '../../access/visibility.js';
import { notFound } from '../../edge/query-problems.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { WorklistBody, type WorklistPage } from './worklist.body.js';
import { WorklistDto } from './worklist.dto.js';
import { WorklistQuery } from './worklist.query.js';

@Controller('worklists')
export class WorklistController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':name')
  @QueryRoute({
    tag: 'worklists',
    summary: 'What is to be done, due first comes first',
    description:
      'triage: not routed yet. team: with a team. approval: results to check. closing: confirmed. survey: customers to call. escalated: past a level. follow-up: all of these, for the daily round; `step` says which, `urgency` whether it is overdue or due today, and narrows the list.',
    roles: READING_ROLES.worklists,
    reads: ['sla-facts', 'complaint-register'],
    problems: ['not-found', 'not-your-team'],
  })
  @ApiParam({ name: 'name', enum: WORKLISTS })
  @ApiOkResponse({ type: WorklistBody })
  async worklist(
    @Param('name') name: string,
    @Query() { team, urgency, cursor, limit }: WorklistDto,
    @CurrentCaller() caller: Caller,
  ): Promise<WorklistPage> {
    if (!isWorklist(name)) throw notFound(`worklist of this name; there are ${WORKLISTS.join(', ')}`);
    return this.queries.execute(
      new WorklistQuery(name, { team, urgency, cursor, limit }, visibilityOf(caller)),
    );
  }
}

function isWorklist(name: string): name is Worklist {
  return (WORKLISTS as readonly string[]).includes(name);
}
