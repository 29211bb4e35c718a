import type { Rejection } from '#libs/complaint-domain/index.js';
import type { StreamRevision } from '#libs/event-contracts/index.js';

/** The rules refuse the command; nothing was written. */
export class CommandRefusedError extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.detail);
    this.name = 'CommandRefusedError';
  }
}

/** The key was used before for something else. */
export class IdempotencyKeyReusedError extends Error {
  constructor() {
    super('This Idempotency-Key was used before with another request; use a new key for a new request.');
    this.name = 'IdempotencyKeyReusedError';
  }
}

/** The stream is not at the revision that the caller pinned, or it kept moving while we decided. */
export class RaceLostError extends Error {
  constructor(readonly currentRevision: StreamRevision | undefined) {
    super(
      currentRevision === undefined
        ? 'It was changed by others at the same time, again and again; send the command once more.'
        : `It has changed since: its revision is now ${currentRevision}. Read it again, then decide.`,
    );
    this.name = 'RaceLostError';
  }
}
