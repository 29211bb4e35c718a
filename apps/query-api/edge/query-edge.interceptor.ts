import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { catchError, Observable, throwError } from 'rxjs';
import { CONSISTENCY_TOKEN, ProblemError, readConsistencyToken } from '#libs/http/index.js';
import { ConsistencyTimeoutError, NoAnswerError, type ReachedBuilds } from '#libs/projection-engine/index.js';
import { readingBuilds } from '#libs/read-store/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../query-api.tokens.js';
import { configurationAt } from './configuration-at.js';
import { asQueryProblem } from './query-problems.js';
import { refuseUnaskedParameters } from './unasked-parameters.js';

/** Read models and the configuration in memory, as far as a query reads them. */
export type Reads = 'complaint-register' | 'sla-facts' | 'satisfaction-facts' | 'configuration';

export const READS = 'complaints:reads';

/** Waits until what the query reads holds what the caller has seen already. */
@Injectable()
export class QueryEdgeInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    refuseUnaskedParameters(context);
    const token = readConsistencyToken(context.switchToHttp().getRequest<Request>().get(CONSISTENCY_TOKEN));
    const reads = this.reflector.get<readonly Reads[] | undefined>(READS, context.getHandler()) ?? [];
    const builds = token === undefined ? undefined : await this.waitFor(reads, token);
    const answer = builds === undefined ? next.handle() : readFrom(builds, next);
    return answer.pipe(catchError((error: unknown) => throwError(() => asQueryProblem(error))));
  }

  private async waitFor(reads: readonly Reads[], token: string): Promise<ReachedBuilds> {
    const { configuration, progress, consistencyTimeoutMs } = this.parts;
    const until = performance.now() + consistencyTimeoutMs;
    const models = reads.filter((name) => name !== 'configuration');
    try {
      if (reads.includes('configuration')) await configurationAt(configuration, token, until);
      return await progress.waitFor(models, token, Math.max(0, until - performance.now()));
    } catch (error) {
      throw this.asBehind(error);
    }
  }

  private asBehind(error: unknown): unknown {
    const isLate = error instanceof ConsistencyTimeoutError;
    if (!isLate && !(error instanceof NoAnswerError)) return error;
    const what = isLate ? error.projections.join(', ') : 'configuration';
    return new ProblemError('read-model-behind', {
      detail: `${what} did not get to the position of ${CONSISTENCY_TOKEN} within ${this.parts.consistencyTimeoutMs} ms.`,
      retryAfterSeconds: 1,
      extensions: { position: isLate ? error.position : this.parts.configuration.current.position },
    });
  }
}

/** The handler runs when it is subscribed to. */
function readFrom(builds: ReachedBuilds, next: CallHandler): Observable<unknown> {
  return new Observable((subscriber) => readingBuilds(builds, () => next.handle().subscribe(subscriber)));
}
