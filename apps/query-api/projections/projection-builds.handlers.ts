import { Inject } from '@nestjs/common';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  compareBuilds,
  dropBuild,
  projectionStatuses,
  rollbackBuild,
  switchBuild,
  type ActiveBuild,
  type BuildComparison,
  type ProjectionRequest,
  type ProjectionStatus,
} from '#libs/projection-engine/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../query-api.tokens.js';
import { activeBuildOf, namedBuild, projectionOf } from './active-build.js';
import {
  CompareBuildsQuery,
  DecisionsQuery,
  DropBuildCommand,
  ProjectionBuildsQuery,
  SwitchBuildCommand,
} from './projection-builds.messages.js';

@QueryHandler(ProjectionBuildsQuery)
export class ProjectionBuildsHandler implements IQueryHandler<ProjectionBuildsQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name }: ProjectionBuildsQuery): Promise<readonly ProjectionStatus[]> {
    projectionOf(name);
    const { projectionStore: store, eventStore: log } = this.parts;
    const statuses = await projectionStatuses({ store, log }, this.parts.now());
    return statuses.filter((status) => status.name === name);
  }
}

@QueryHandler(CompareBuildsQuery)
export class CompareBuildsHandler implements IQueryHandler<CompareBuildsQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name, build, other }: CompareBuildsQuery): Promise<BuildComparison> {
    const { projectionStore: store } = this.parts;
    const left = namedBuild(name, build, '/build');
    const right = other === undefined ? await activeBuildOf(store, name) : namedBuild(name, other, '/with');
    return compareBuilds(store, left, right);
  }
}

@QueryHandler(DecisionsQuery)
export class DecisionsHandler implements IQueryHandler<DecisionsQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name }: DecisionsQuery): Promise<readonly ProjectionRequest[]> {
    projectionOf(name);
    return this.parts.projectionStore.requests.latest(name, 200);
  }
}

@CommandHandler(SwitchBuildCommand)
export class SwitchBuildHandler implements ICommandHandler<SwitchBuildCommand> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name, by, build }: SwitchBuildCommand): Promise<ActiveBuild> {
    const { projectionStore: store } = this.parts;
    projectionOf(name);
    return build === undefined
      ? rollbackBuild(store, name, by)
      : switchBuild(store, namedBuild(name, build, '/build'), by);
  }
}

@CommandHandler(DropBuildCommand)
export class DropBuildHandler implements ICommandHandler<DropBuildCommand> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name, build, by }: DropBuildCommand): Promise<undefined> {
    await dropBuild(this.parts.projectionStore, namedBuild(name, build, '/build'), by);
  }
}
