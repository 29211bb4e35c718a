import {
  AccessDeniedError,
  InvalidArgumentError,
  isCommandError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  UnsupportedError,
} from '@eventstore/db-client';
import { EventStoreRefusedError, EventStoreUnavailableError } from './event-store-errors.js';

const final = [
  AccessDeniedError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  UnsupportedError,
];

/** Repeating cannot help. Everything that is not known to be final is worth a repetition (P-9). */
export function isFinal(error: unknown): boolean {
  return final.some((type) => error instanceof type);
}

/** The client's errors in this library's words, so that nobody else needs to know the client. */
export function translate(error: unknown, doing: string): unknown {
  // Node's own transport errors (a reset socket) reach us as they are, with a code.
  if (!(error instanceof Error) || !(isCommandError(error) || 'code' in error)) return error;
  const message = `${doing}: ${messageOf(error)}`;
  return isFinal(error)
    ? new EventStoreRefusedError(message, { cause: error })
    : new EventStoreUnavailableError(message, { cause: error });
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || error.name;
}
