import type { NextFunction, Request, Response } from 'express';
import { CORRELATION_HEADER, correlationIdFrom, withCorrelationId } from './correlation.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const QUIET_ROUTES = /^\/(health\/|metrics)/;

/** What the request's end may tell: where it went, not what it carried. */
interface ObservedResponse extends Response {
  locals: { problem?: string };
}

/**
 * Gives every request its correlation id, and at its end one log line and one measurement. The route is the pattern
 * (`/complaints/:id`), never the address asked for: that may hold a reference number or a name in its query.
 */
export function requestObserver(logger: Logger, metrics: Metrics) {
  return (request: Request, response: ObservedResponse, next: NextFunction): void => {
    const startedAt = performance.now();
    const correlationId = correlationIdFrom(request.headers);
    response.setHeader(CORRELATION_HEADER, correlationId);
    response.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      withCorrelationId(correlationId, () => {
        observe(request, response, seconds, logger, metrics);
      });
    });
    withCorrelationId(correlationId, next);
  };
}

function observe(
  request: Request,
  response: ObservedResponse,
  seconds: number,
  logger: Logger,
  metrics: Metrics,
): void {
  const method = METHODS.has(request.method) ? request.method : 'other';
  const route = routePattern(request);
  const answered = response.writableFinished;
  const status = response.statusCode;
  metrics.httpDuration.observe({ method, route, status: answered ? String(status) : 'aborted' }, seconds);
  const { caller } = request as { caller?: { sub: string } };
  const line = {
    method,
    route,
    status,
    durationMs: Math.round(seconds * 10_000) / 10,
    ...(caller ? { sub: caller.sub } : {}),
    ...(response.locals.problem === undefined ? {} : { problem: response.locals.problem }),
    ...(answered ? {} : { aborted: true }),
  };
  logger[QUIET_ROUTES.test(route) ? 'debug' : 'info'](line, 'request');
}

function routePattern(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  // The catch-all that answers unknown addresses is a route too, and says as little as none.
  return typeof path === 'string' && !path.includes('*') ? path : 'unmatched';
}
