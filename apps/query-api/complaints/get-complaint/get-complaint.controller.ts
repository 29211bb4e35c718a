import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import { REVISION_HEADERS, setAnswerHeaders, UuidParam } from '#libs/http/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { visibilityOf } from '../../access/visibility.js';
import { stored } from '../../edge/instants.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { ComplaintBody, type ComplaintView } from '../complaint.body.js';
import { GetComplaintDto } from './get-complaint.dto.js';
import { GetComplaintQuery, type ComplaintState } from './get-complaint.query.js';

@Controller('complaints')
export class GetComplaintController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @QueryRoute({
    tag: 'complaints',
    summary: 'One complaint, now, as it was recorded at a moment, or at a revision',
    description: 'The header ETag holds the revision, for If-Match.',
    roles: READING_ROLES.complaints,
    reads: ['complaint-register'],
    problems: ['invalid-id', 'not-found', 'not-your-team'],
  })
  @ApiOkResponse({ type: ComplaintBody, headers: REVISION_HEADERS })
  async get(
    @UuidParam() id: string,
    @Query() dto: GetComplaintDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ComplaintView> {
    const query = new GetComplaintQuery(id, stateOf(dto), visibilityOf(caller));
    const { complaint, position } = await this.queries.execute(query);
    setAnswerHeaders(response, { revision: complaint.revision, position });
    return complaint;
  }
}

function stateOf({ asOf, revision }: GetComplaintDto): ComplaintState {
  if (asOf !== undefined && revision !== undefined) {
    throw wrongParameter('/revision', 'Ask for a moment or for a revision, not for both.');
  }
  if (asOf !== undefined) return { kind: 'as-of', instant: stored(asOf) };
  return revision === undefined ? { kind: 'now' } : { kind: 'revision', revision };
}
