import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#libs/auth/index.js';
import { readReferenceNumber } from '#libs/command-handling/index.js';
import { notFound } from '../../edge/query-problems.js';
import { QueryEdge } from '../../edge/query-route.decorator.js';
import { TrackBody, TrackComplaintQuery, type TrackedComplaint } from './track-complaint.query.js';

const LONGEST_REFERENCE = 100;

@Controller('track')
export class TrackComplaintController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':reference')
  @Public()
  @QueryEdge(['complaint-register'], 'not-found', 'too-many-requests')
  @ApiTags('complaints')
  @ApiOperation({
    summary: 'The status of a complaint, for the customer who was told the reference number',
    description: 'No token; limited per address; no personal data. Case, blanks and dashes do not count.',
  })
  @ApiOkResponse({ type: TrackBody })
  async track(@Param('reference') reference: string): Promise<TrackedComplaint> {
    const printed = reference.length > LONGEST_REFERENCE ? undefined : readReferenceNumber(reference);
    if (printed === undefined) throw notFound('complaint with this reference number');
    return this.queries.execute(new TrackComplaintQuery(printed));
  }
}
