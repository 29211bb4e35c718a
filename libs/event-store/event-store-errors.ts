import type { StreamRevision } from '#libs/event-contracts/index.js';

/** The stream has moved on since the decision was made: load, decide and append again. */
export class WrongExpectedRevisionError extends Error {
  override readonly name = 'WrongExpectedRevisionError';
  constructor(
    readonly streamId: string,
    readonly expectedRevision: StreamRevision | 'no-stream',
    readonly actualRevision: StreamRevision | 'no-stream',
  ) {
    super(`Stream ${streamId} is at ${actualRevision}, not at ${expectedRevision}.`);
  }
}

/** At start: the configured event store is malformed, silent, or denies access. The message says what to do. */
export class EventStoreUnreachableError extends Error {
  override readonly name = 'EventStoreUnreachableError';
}

/** The event store could not be reached, or did not answer in time; nothing was changed by a read. */
export class EventStoreUnavailableError extends Error {
  override readonly name = 'EventStoreUnavailableError';
}

/**
 * An append got no answer, even when repeated: it may or may not have been written. Sending the same command again
 * is safe, because its event ids stay the same.
 */
export class AppendOutcomeUnknownError extends Error {
  override readonly name = 'AppendOutcomeUnknownError';
  constructor(
    readonly streamId: string,
    attempts: number,
    cause: unknown,
  ) {
    super(`An append to ${streamId} got no answer in ${attempts} attempts; repeat it with the same events.`, {
      cause,
    });
  }
}

/** More appends wait than the process should hold; nothing was sent. */
export class EventStoreBusyError extends Error {
  override readonly name = 'EventStoreBusyError';
}

/** The server refused for a reason that no repetition changes: no permission, a batch too large, a deleted stream. */
export class EventStoreRefusedError extends Error {
  override readonly name = 'EventStoreRefusedError';
}

/** A programming error: data that breaks the schema of its type, or an event without an id, never reaches the log. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

/** A subscription ended that nobody had asked to end; the supervisor resumes from its stored checkpoint. */
export class SubscriptionDroppedError extends Error {
  override readonly name = 'SubscriptionDroppedError';
  constructor(reason: string, cause?: unknown) {
    super(`The subscription was dropped: ${reason}`, { cause });
  }
}
