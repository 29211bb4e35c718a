import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { visibilityOf } from '../../access/visibility.js';
import { refuseEmptyPeriod, stored } from '../../edge/instants.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { ComplaintPageBody, type ComplaintPage } from '../complaint.body.js';
import { ListComplaintsDto } from './list-complaints.dto.js';
import { ListComplaintsQuery } from './list-complaints.query.js';

@Controller('complaints')
export class ListComplaintsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @QueryRoute({
    tag: 'complaints',
    summary: 'Find complaints',
    description:
      'Officers get those that their team has or had. Several values of one parameter are alternatives.',
    roles: READING_ROLES.complaints,
    reads: ['complaint-register', 'configuration'],
  })
  @ApiOkResponse({ type: ComplaintPageBody })
  list(@Query() dto: ListComplaintsDto, @CurrentCaller() caller: Caller): Promise<ComplaintPage> {
    const { sort: order, cursor, limit, ...filters } = dto;
    const [from, to] = [stored(dto.from), stored(dto.to)];
    refuseEmptyPeriod(from, to);
    return this.queries.execute(
      new ListComplaintsQuery({ ...filters, from, to }, { order, cursor, limit }, visibilityOf(caller)),
    );
  }
}
