import { Command, Query } from '@nestjs/cqrs';
import type {
  BuildId,
  ParkedEvent,
  ProjectionRequest,
  ProjectionStatus,
} from '#libs/projection-engine/index.js';

export class ProjectionStatusesQuery extends Query<readonly ProjectionStatus[]> {}

export interface ParkedEventsBody {
  readonly items: readonly (Omit<ParkedEvent, '_id'> & { readonly id: string })[];
  readonly nextCursor: string | null;
}

export class ParkedEventsQuery extends Query<ParkedEventsBody> {
  constructor(
    readonly name: string,
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

export class RebuildProjectionCommand extends Command<BuildId> {
  constructor(
    readonly name: string,
    readonly by: string,
    readonly switchWhenCaughtUp: boolean,
  ) {
    super();
  }
}

export class DecideParkedCommand extends Command<ProjectionRequest> {
  constructor(
    readonly name: string,
    readonly parkedId: string,
    readonly decision: 'retry' | 'skip',
    readonly by: string,
    readonly reason: string,
  ) {
    super();
  }
}
