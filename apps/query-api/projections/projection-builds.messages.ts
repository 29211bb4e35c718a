import { Command, Query } from '@nestjs/cqrs';
import type {
  ActiveBuild,
  BuildComparison,
  ProjectionRequest,
  ProjectionStatus,
} from '#libs/projection-engine/index.js';

export class ProjectionBuildsQuery extends Query<readonly ProjectionStatus[]> {
  constructor(readonly name: string) {
    super();
  }
}

export class CompareBuildsQuery extends Query<BuildComparison> {
  constructor(
    readonly name: string,
    readonly build: string,
    readonly other: string | undefined,
  ) {
    super();
  }
}

export class DecisionsQuery extends Query<readonly ProjectionRequest[]> {
  constructor(readonly name: string) {
    super();
  }
}

/** Without a build: back to the one before the last switch. */
export class SwitchBuildCommand extends Command<ActiveBuild> {
  constructor(
    readonly name: string,
    readonly by: string,
    readonly build?: string,
  ) {
    super();
  }
}

export class DropBuildCommand extends Command<undefined> {
  constructor(
    readonly name: string,
    readonly build: string,
    readonly by: string,
  ) {
    super();
  }
}
