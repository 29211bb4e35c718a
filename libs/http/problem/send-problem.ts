import type { Request, Response } from 'express';
import { currentCorrelationId, type Logger } from '#libs/observability/index.js';
import { isWorthDraining } from '../server/body-rules.js';
import { allowedMethods } from './allowed-methods.js';
import { asProblem, statusOf } from './as-problem.js';
import { ProblemError } from './problem-error.js';
import { PROBLEM_TYPES, problemUri } from './problem-types.js';

/** The one place where an error becomes an answer. */
export function sendProblem(thrown: unknown, request: Request, response: Response, logger: Logger): void {
  const problem = moreExact(asProblem(thrown), request, response);
  const status = statusOf(problem);
  response.locals['problem'] = problem.code;
  if (problem.code === 'internal-error') logger.error({ err: problem.cause ?? problem }, 'unexpected error');
  else if (status >= 500 && problem.cause !== undefined)
    logger.warn({ err: problem.cause, problem: problem.code }, 'unavailable');
  if (response.headersSent) {
    // Half an answer is out: cutting the connection is the only way left to say that it is not whole.
    response.destroy();
    return;
  }
  if (status === 401) response.setHeader('WWW-Authenticate', challengeOf(problem));
  if (problem.options.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(problem.options.retryAfterSeconds));
  }
  response.removeHeader('ETag');
  response.setHeader('Cache-Control', 'no-store');
  if (isUnread(request)) response.setHeader('Connection', 'close');
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify(bodyOf(problem)));
}

function bodyOf(problem: ProblemError): Record<string, unknown> {
  const { title, status } = PROBLEM_TYPES[problem.code];
  const correlationId = currentCorrelationId();
  return {
    ...problem.options.extensions,
    type: problemUri(problem.code),
    title,
    status,
    detail: problem.message,
    ...(problem.options.errors ? { errors: problem.options.errors } : {}),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

function challengeOf(problem: ProblemError): string {
  return problem.code === 'token-expired'
    ? 'Bearer error="invalid_token", error_description="expired"'
    : 'Bearer';
}

/** Of a body that nobody wants a little more is read and thrown away; an endless one ends with the connection. */
function isUnread(request: Request): boolean {
  return !request.complete && !isWorthDraining(request);
}

/** A miss of the router alone does not tell whether the address or only the method is unknown. */
function moreExact(problem: ProblemError, request: Request, response: Response): ProblemError {
  if (problem.code !== 'no-such-route') return problem;
  const methods = allowedMethods(request);
  if (methods.length === 0) return problem;
  response.setHeader('Allow', methods.join(', '));
  return new ProblemError('method-not-allowed', { detail: `This address knows ${methods.join(', ')}.` });
}
