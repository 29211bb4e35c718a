import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowRoles, type TokenRole } from '#libs/auth/index.js';
import { ApiProblems, ApiQueryHeaders, type ProblemCode } from '#libs/http/index.js';
import { QueryEdgeInterceptor, READS, type Reads } from './query-edge.interceptor.js';

export interface QueryRouteOptions {
  readonly tag: 'complaints' | 'worklists' | 'reports' | 'configuration' | 'projections';
  readonly summary: string;
  readonly description?: string;
  readonly roles: readonly TokenRole[];
  /** What is waited for when the caller sends a `Consistency-Token`. */
  readonly reads?: readonly Reads[];
  readonly problems?: readonly ProblemCode[];
}

/** What every query has in common, said once. */
export function QueryRoute(options: QueryRouteOptions): MethodDecorator {
  const { tag, summary, description, roles, reads = [], problems = [] } = options;
  return applyDecorators(
    AllowRoles(...roles),
    QueryEdge(reads, 'unauthenticated', 'forbidden', ...problems),
    ApiTags(tag),
    ApiOperation({
      summary,
      description: [description, `Roles: ${roles.join(', ')}.`].filter(Boolean).join(' '),
    }),
  );
}

/** What a query reads, and what follows from it; by itself for one that anybody may ask. */
export function QueryEdge(reads: readonly Reads[], ...problems: readonly ProblemCode[]): MethodDecorator {
  const isAwaited = reads.length > 0;
  return applyDecorators(
    SetMetadata(READS, reads),
    UseInterceptors(QueryEdgeInterceptor),
    ...(isAwaited ? [ApiQueryHeaders()] : []),
    ApiProblems('invalid-input', ...problems, ...(isAwaited ? (['read-model-behind'] as const) : [])),
  );
}
