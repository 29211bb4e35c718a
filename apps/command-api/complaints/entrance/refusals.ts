import {
  BrokenHistoryError,
  CommandRefusedError,
  IdempotencyKeyReusedError,
  RaceLostError,
} from '#libs/command-handling/index.js';
import type { ComplaintCommandType, Rejection } from '#libs/complaint-domain/index.js';
import {
  AppendOutcomeUnknownError,
  EventStoreBusyError,
  EventStoreUnavailableError,
} from '#libs/event-store/index.js';
import { ProblemError, type ProblemCode } from '#libs/http/index.js';
import { IMPORT_COMMANDS } from '#libs/importing/index.js';
import { CustomerErasedError } from '#libs/personal-data/index.js';

/** The same command may be sent again: its key, or its ids, keep it from being done twice. */
const NOT_NOW = [EventStoreUnavailableError, AppendOutcomeUnknownError, EventStoreBusyError];

/** What the command side refuses, in the words of the interface; anything else stays what it is. */
export function asProblem(error: unknown): unknown {
  if (error instanceof CommandRefusedError) return refusalProblem(error.rejection);
  if (error instanceof IdempotencyKeyReusedError) {
    return new ProblemError('idempotency-key-reused', { detail: error.message });
  }
  if (error instanceof RaceLostError) {
    const extensions = error.currentRevision === undefined ? {} : { currentRevision: error.currentRevision };
    return new ProblemError('revision-conflict', { detail: error.message, extensions });
  }
  if (error instanceof BrokenHistoryError) {
    return new ProblemError('conflict', {
      detail: `Event ${error.revision} of this history cannot be read (${error.reason}), so nothing can be decided on it. Nothing was recorded. A release that reads the event can go on.`,
      extensions: { unreadableRevision: error.revision },
    });
  }
  if (error instanceof CustomerErasedError) return new ProblemError('conflict', { detail: error.message });
  if (NOT_NOW.some((kind) => error instanceof kind)) {
    return new ProblemError('unavailable', { cause: error, retryAfterSeconds: 2 });
  }
  return error;
}

const PATH_NAMES: ReadonlyMap<ComplaintCommandType, string> = new Map(
  Object.entries(IMPORT_COMMANDS).map(([path, command]) => [command, path]),
);

const NOT_ALLOWED_PROBLEMS = {
  'wrong-role': 'forbidden',
  'not-your-team': 'not-your-team',
  'four-eyes': 'four-eyes',
  'reopen-window-passed': 'reopen-window-passed',
} as const satisfies Record<string, ProblemCode>;

export function refusalProblem(rejection: Rejection): ProblemError {
  const { detail } = rejection;
  switch (rejection.kind) {
    case 'invalid':
      return new ProblemError('invalid-input', {
        detail,
        errors: rejection.errors,
        extensions: { reason: rejection.code },
      });
    case 'not-allowed':
      return new ProblemError(NOT_ALLOWED_PROBLEMS[rejection.code], { detail });
    case 'not-found':
      return new ProblemError('not-found', { detail });
    case 'illegal-transition':
      return illegalTransitionProblem(rejection);
  }
}

/** Says how to go on, in the words of the interface: the last parts of the paths that would be answered now. */
function illegalTransitionProblem({
  status,
  code,
  detail,
  possible,
}: Extract<Rejection, { kind: 'illegal-transition' }>): ProblemError {
  const extensions = { currentStatus: status, reason: code };
  if (possible === undefined) return new ProblemError('illegal-transition', { detail, extensions });
  const paths = possible.map((command) => PATH_NAMES.get(command) ?? command);
  return new ProblemError('illegal-transition', {
    detail: `${detail} Possible now: ${paths.join(', ')}.`,
    extensions: { ...extensions, possible: paths },
  });
}
