import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import type { BuildId, ProjectionRequest, ProjectionStatus } from '#libs/projection-engine/index.js';
import { READING_ROLES } from '../access/reading-roles.js';
import { QueryRoute } from '../edge/query-route.decorator.js';
import { ParkedDecisionDto, ParkedDto, ParkedSkipDto, RebuildDto } from './projections.dto.js';
import {
  DecideParkedCommand,
  ParkedEventsQuery,
  ProjectionStatusesQuery,
  RebuildProjectionCommand,
  type ParkedEventsBody,
} from './projections.messages.js';

const UPKEEP = {
  tag: 'projections',
  roles: READING_ROLES.projectionUpkeep,
  problems: ['not-found', 'conflict'],
} as const;

@Controller('projections')
export class ProjectionsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @QueryRoute({
    tag: 'projections',
    summary: 'How far each read model is, by build',
    description:
      'Lag in events and seconds, state, version, digest, parked events; a head not seen for long is no small lag.',
    roles: READING_ROLES.projections,
  })
  @ApiOkResponse({
    example: {
      items: [
        {
          id: 'sla-facts:v1',
          name: 'sla-facts',
          version: 1,
          build: 0,
          active: true,
          state: 'running',
          position: '00000000000000204800-00000000000000204800',
          lag: { events: 0, estimated: false, seconds: 0 },
          documents: 1200,
          events: 9800,
          parked: 0,
          digest: '5f0c…',
          partitions: 4,
          processes: 1,
          eventsPerSecond: 12,
          lastBatch: 3,
          retries: 0,
          repairs: 0,
          headSeenSecondsAgo: 0.4,
        },
      ],
      nextCursor: null,
    },
  })
  async list(): Promise<{ items: readonly ProjectionStatus[]; nextCursor: null }> {
    return { items: await this.queries.execute(new ProjectionStatusesQuery()), nextCursor: null };
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @QueryRoute({ ...UPKEEP, summary: 'Build a read model anew beside the one in use' })
  @ApiAcceptedResponse({ example: { name: 'sla-facts', version: 1, build: 1 } })
  rebuild(
    @Param('name') name: string,
    @Body() { switchWhenCaughtUp = true }: RebuildDto,
    @CurrentCaller() caller: Caller,
  ): Promise<BuildId> {
    return this.commands.execute(new RebuildProjectionCommand(name, caller.sub, switchWhenCaughtUp));
  }

  @Get(':name/parked')
  @ApiOkResponse({ description: 'A page, oldest first' })
  @QueryRoute({
    tag: 'projections',
    summary: 'Events that could not be applied, and those waiting behind them',
    roles: READING_ROLES.projections,
    problems: ['not-found'],
  })
  parked(@Param('name') name: string, @Query() { cursor, limit }: ParkedDto): Promise<ParkedEventsBody> {
    return this.queries.execute(new ParkedEventsQuery(name, { cursor, limit }));
  }

  @Post(':name/parked/:id/retry')
  @HttpCode(200)
  @ApiOkResponse({ description: 'The request, which the projector carries out' })
  @QueryRoute({
    ...UPKEEP,
    summary: 'Apply a parked complaint anew',
    description: 'The id as in the list, its "/" escaped as %2F.',
  })
  retry(
    @Param('name') name: string,
    @Param('id') id: string,
    @Body() { reason = 'retried' }: ParkedDecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ProjectionRequest> {
    return this.commands.execute(new DecideParkedCommand(name, id, 'retry', caller.sub, reason));
  }

  @Post(':name/parked/:id/skip')
  @HttpCode(200)
  @ApiOkResponse({ description: 'The request, which the projector carries out' })
  @QueryRoute({ ...UPKEEP, summary: 'Let a parked event count as absorbed without effect, for good' })
  skip(
    @Param('name') name: string,
    @Param('id') id: string,
    @Body() { reason }: ParkedSkipDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ProjectionRequest> {
    return this.commands.execute(new DecideParkedCommand(name, id, 'skip', caller.sub, reason));
  }
}
