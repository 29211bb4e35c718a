import { HttpException } from '@nestjs/common';
import { AccessDeniedError, AuthenticationError, IssuerUnavailableError } from '#libs/auth/index.js';
import { ProblemError } from './problem-error.js';
import { PROBLEM_TYPES, type ProblemCode } from './problem-types.js';

/** Anything thrown, as one of the problems of our list. Messages of foreign errors are never passed on. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof AuthenticationError) {
    return new ProblemError(error.failure === 'expired' ? 'token-expired' : 'unauthenticated', {
      detail: error.message,
    });
  }
  if (error instanceof AccessDeniedError) {
    return new ProblemError('forbidden', {
      detail: error.message,
      extensions: { allowedRoles: error.allowed },
    });
  }
  if (error instanceof IssuerUnavailableError) {
    return new ProblemError('issuer-unavailable', { retryAfterSeconds: 5, cause: error });
  }
  return fromBodyParser(error) ?? fromStatus(error) ?? new ProblemError('internal-error', { cause: error });
}

/** `type` of the errors of body-parser and raw-body. */
const BODY_PROBLEMS: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  'entity.too.large': ['payload-too-large', 'The body has more than 1 MiB.'],
  'encoding.unsupported': [
    'unsupported-media-type',
    'The content encoding is not read here; use none, gzip, deflate or br.',
  ],
  'request.size.invalid': ['malformed-request', 'The body does not have the length that its header says.'],
  'request.aborted': ['malformed-request', 'The body ended before it was complete.'],
};

function fromBodyParser(error: unknown): ProblemError | undefined {
  const type = (error as { type?: unknown } | undefined)?.type;
  const known = typeof type === 'string' ? BODY_PROBLEMS[type] : undefined;
  return known ? new ProblemError(known[0], { detail: known[1] }) : undefined;
}

const STATUS_PROBLEMS = new Map<number, ProblemCode>([
  [400, 'malformed-request'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'no-such-route'],
  [405, 'method-not-allowed'],
  [413, 'payload-too-large'],
  [415, 'unsupported-media-type'],
  [429, 'too-many-requests'],
  [501, 'not-implemented'],
  [503, 'unavailable'],
]);

/** The framework's and the router's own errors keep their status, nothing else. */
function fromStatus(error: unknown): ProblemError | undefined {
  const status = error instanceof HttpException ? error.getStatus() : clientStatus(error);
  const code = status === undefined ? undefined : STATUS_PROBLEMS.get(status);
  if (code === undefined || status === undefined) return undefined;
  return new ProblemError(code, status >= 500 ? { cause: error } : {});
}

/** Express and its router mark what the client did wrong by a 4xx status on the error. */
function clientStatus(error: unknown): number | undefined {
  if (error instanceof URIError) return 400;
  const status = (error as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

export function statusOf(problem: ProblemError): number {
  return PROBLEM_TYPES[problem.code].status;
}
