import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import { UuidParam } from '#libs/http/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { visibilityOf } from '../../access/visibility.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { HistoryPageBody, type HistoryPage } from './complaint-history.body.js';
import { ComplaintHistoryDto } from './complaint-history.dto.js';
import { ComplaintHistoryQuery } from './complaint-history.query.js';

@Controller('complaints')
export class ComplaintHistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/history')
  @QueryRoute({
    tag: 'complaints',
    summary: 'Everything that was recorded about a complaint, from the log',
    roles: READING_ROLES.history,
    problems: ['invalid-id', 'not-found', 'not-your-team'],
  })
  @ApiOkResponse({ type: HistoryPageBody })
  history(
    @UuidParam() id: string,
    @Query() { basis, cursor, limit }: ComplaintHistoryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<HistoryPage> {
    return this.queries.execute(
      new ComplaintHistoryQuery(id, basis, { cursor, limit }, visibilityOf(caller)),
    );
  }
}
