import { PROBLEM_TYPES, type ProblemCode } from './problem-types.js';

/** One place in the input, by JSON pointer (RFC 6901). Never holds the value that was given. */
export interface InputError {
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemOptions {
  /** For people; says what to do. Never repeats personal data. */
  readonly detail?: string;
  readonly errors?: readonly InputError[];
  /** Members beside the standard ones, e.g. `currentStatus`. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  /** For the log, where the code alone does not tell an operator enough. */
  readonly cause?: unknown;
}

/** An error that is part of the interface: services throw it, the edge answers it as `application/problem+json`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly code: ProblemCode,
    readonly options: ProblemOptions = {},
  ) {
    super(
      options.detail ?? PROBLEM_TYPES[code].title,
      options.cause === undefined ? {} : { cause: options.cause },
    );
  }
}
