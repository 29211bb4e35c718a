import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth/index.js';
import type {
  ActiveBuild,
  BuildComparison,
  ProjectionRequest,
  ProjectionStatus,
} from '#libs/projection-engine/index.js';
import { NoBody } from '#libs/http/index.js';
import { READING_ROLES } from '../access/reading-roles.js';
import { QueryRoute } from '../edge/query-route.decorator.js';
import {
  CompareBuildsQuery,
  DecisionsQuery,
  DropBuildCommand,
  ProjectionBuildsQuery,
  SwitchBuildCommand,
} from './projection-builds.messages.js';
import { CompareDto, SwitchDto } from './projections.dto.js';

const READ = { tag: 'projections', roles: READING_ROLES.projections, problems: ['not-found'] } as const;
const UPKEEP = {
  tag: 'projections',
  roles: READING_ROLES.projectionUpkeep,
  problems: ['not-found', 'conflict'],
} as const;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: null;
}

/** The builds of one read model: one that queries read, and others that grow beside it or are the way back. */
@Controller('projections/:name')
export class ProjectionBuildsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'One item a build' })
  @QueryRoute({ ...READ, summary: 'The builds of one read model, and how far they are' })
  async builds(@Param('name') name: string): Promise<Page<ProjectionStatus>> {
    return { items: await this.queries.execute(new ProjectionBuildsQuery(name)), nextCursor: null };
  }

  @Get('compare')
  @QueryRoute({
    ...READ,
    summary: 'Two builds at one position of the log',
    description:
      'Builds of one version have the same digest; of two versions they need not. One that is still being built is waited for ten seconds; `position` and `sameDigest` are null when the two did not meet in that time. A build that has failed is refused.',
    problems: ['not-found', 'conflict'],
  })
  @ApiOkResponse({
    example: {
      position: '00000000000000204800-00000000000000204800',
      sameDigest: true,
      documents: [1200, 1200],
      parked: [0, 0],
    },
  })
  compare(@Param('name') name: string, @Query() dto: CompareDto): Promise<BuildComparison> {
    return this.queries.execute(new CompareBuildsQuery(name, dto.build, dto.with));
  }

  @Get('decisions')
  @ApiOkResponse({ description: 'One item a decision' })
  @QueryRoute({
    ...READ,
    summary: 'Who had parked events retried or skipped, when, why, and what came of it',
  })
  async decisions(@Param('name') name: string): Promise<Page<ProjectionRequest>> {
    return { items: await this.queries.execute(new DecisionsQuery(name)), nextCursor: null };
  }

  @Post('switch')
  @ApiOkResponse({ description: 'The build that queries read now' })
  @HttpCode(200)
  @QueryRoute({
    ...UPKEEP,
    summary: 'Let queries read another build from their next request on',
    description: 'Refused for a build that is not live, or behind the one in use.',
  })
  switch(
    @Param('name') name: string,
    @Body() { build }: SwitchDto,
    @CurrentCaller() { sub }: Caller,
  ): Promise<ActiveBuild> {
    return this.commands.execute(new SwitchBuildCommand(name, sub, build));
  }

  @Post('rollback')
  @ApiOkResponse({ description: 'The build that queries read now' })
  @HttpCode(200)
  @QueryRoute({ ...UPKEEP, summary: 'Let queries read the build before the last switch' })
  rollback(
    @Param('name') name: string,
    @Body() _body: NoBody,
    @CurrentCaller() { sub }: Caller,
  ): Promise<ActiveBuild> {
    return this.commands.execute(new SwitchBuildCommand(name, sub));
  }

  @Delete('builds/:build')
  @HttpCode(204)
  @ApiNoContentResponse()
  @QueryRoute({
    ...UPKEEP,
    summary: 'Remove a build that queries do not read',
    description: 'Its documents go a minute later, when no request can be reading them any more.',
  })
  async drop(
    @Param('name') name: string,
    @Param('build') build: string,
    @CurrentCaller() { sub }: Caller,
  ): Promise<void> {
    await this.commands.execute(new DropBuildCommand(name, build, sub));
  }
}
