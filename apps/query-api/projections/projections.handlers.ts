import { Inject } from '@nestjs/common';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  listParked,
  projectionStatuses,
  requestRebuild,
  retryParked,
  skipParked,
  type BuildId,
  type ProjectionRequest,
  type ProjectionStatus,
} from '#libs/projection-engine/index.js';
import { decodeCursor, encodeCursor } from '#libs/read-store/index.js';
import { asQueryProblem } from '../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../query-api.tokens.js';
import { activeBuildOf, projectionOf } from './active-build.js';
import {
  DecideParkedCommand,
  ParkedEventsQuery,
  ProjectionStatusesQuery,
  RebuildProjectionCommand,
  type ParkedEventsBody,
} from './projections.messages.js';

const ORDER = 'parked';

@QueryHandler(ProjectionStatusesQuery)
export class ProjectionStatusesHandler implements IQueryHandler<ProjectionStatusesQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute(): Promise<readonly ProjectionStatus[]> {
    const { projectionStore, eventStore } = this.parts;
    return projectionStatuses({ store: projectionStore, log: eventStore }, this.parts.now());
  }
}

@QueryHandler(ParkedEventsQuery)
export class ParkedEventsHandler implements IQueryHandler<ParkedEventsQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name, page }: ParkedEventsQuery): Promise<ParkedEventsBody> {
    const { projectionStore: store } = this.parts;
    const after =
      page.cursor === undefined ? undefined : String(decodeCursor(page.cursor, ORDER, 1).after[0]);
    const build = await activeBuildOf(store, name);
    const { items, next } = await listParked(store, build, { after, limit: page.limit });
    return {
      items: items.map(({ _id, ...event }) => ({ id: _id, ...event })),
      nextCursor: next === null ? null : encodeCursor({ order: ORDER, after: [next] }),
    };
  }
}

@CommandHandler(RebuildProjectionCommand)
export class RebuildProjectionHandler implements ICommandHandler<RebuildProjectionCommand> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute({ name, by, switchWhenCaughtUp }: RebuildProjectionCommand): Promise<BuildId> {
    const projection = projectionOf(name);
    return requestRebuild(this.parts.projectionStore, { projection, by, switchWhenCaughtUp });
  }
}

@CommandHandler(DecideParkedCommand)
export class DecideParkedHandler implements ICommandHandler<DecideParkedCommand> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async execute(command: DecideParkedCommand): Promise<ProjectionRequest> {
    const { name, parkedId, decision, by, reason } = command;
    const { projectionStore: store } = this.parts;
    const decide = decision === 'retry' ? retryParked : skipParked;
    try {
      return await decide(store, await activeBuildOf(store, name), parkedId, { by, reason });
    } catch (error) {
      throw asQueryProblem(error);
    }
  }
}
