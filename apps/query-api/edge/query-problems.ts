import { ProblemError, type ProblemCode } from '#libs/http/index.js';
import { BuildRefusedError, NoAnswerError } from '#libs/projection-engine/index.js';
import { InvalidCursorError } from '#libs/read-store/index.js';
import { TooManyGroupsError } from '#libs/reports/index.js';

/** What the parts behind a query refuse, in the words of the interface; everything else is passed on. */
export function asQueryProblem(error: unknown): unknown {
  if (error instanceof InvalidCursorError) return wrongParameter('/cursor', error.message);
  if (error instanceof TooManyGroupsError) return wrongParameter('/groupBy', error.message);
  if (error instanceof BuildRefusedError) {
    const code = error.kind === 'unknown' ? 'not-found' : 'conflict';
    return new ProblemError(code, { detail: error.message });
  }
  if (error instanceof NoAnswerError)
    return new ProblemError('unavailable', { retryAfterSeconds: 2, cause: error });
  return error;
}

export function wrongParameter(pointer: string, detail: string): ProblemError {
  return new ProblemError('invalid-input', { detail, errors: [{ pointer, detail }] });
}

export function notFound(what: string): ProblemError {
  return new ProblemError('not-found' satisfies ProblemCode, { detail: `There is no ${what}.` });
}
