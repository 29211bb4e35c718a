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
  readonly currentRevision: StreamRevision | undefined;

  /** Where it stands now; undefined when the race could not be won. */
  constructor(current: StreamRevision | 'nothing' | undefined) {
    super(raceDetail(current));
    this.name = 'RaceLostError';
    this.currentRevision = current === 'nothing' ? undefined : current;
  }
}

function raceDetail(current: StreamRevision | 'nothing' | undefined): string {
  if (current === undefined)
    return 'It was changed by others at the same time, again and again; send the command once more.';
  if (current === 'nothing') return 'It does not exist yet, so it has no revision; send it without If-Match.';
  return `It has changed since: its revision is now ${current}. Read it again, then decide.`;
}
