// `logSafe`: the message is made of our own words, names and positions, so that logs may show it.

/** A document changed under a guarded write: another process writes the same partition, or did until just now. */
export class GuardMissError extends Error {
  override readonly name = 'GuardMissError';
  readonly logSafe = true;
}

/** The partition has another owner by now; whoever gets this stops writing to it. */
export class PartitionLostError extends Error {
  override readonly name = 'PartitionLostError';
  readonly logSafe = true;
  constructor(readonly partitions: readonly string[]) {
    super(`Another process has taken over ${partitions.join(', ')}.`);
  }
}

/** A subscription came to an end that nobody asked for. */
export class SubscriptionEndedError extends Error {
  override readonly name = 'SubscriptionEndedError';
  readonly logSafe = true;
  constructor() {
    super('The subscription ended although nobody stopped it.');
  }
}

/** Nothing arrived although the log's head has moved. */
export class StalledSubscriptionError extends Error {
  override readonly name = 'StalledSubscriptionError';
  readonly logSafe = true;
}

/** A store was asked and stayed silent; whether it did, or yet does, what was asked is unknown. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly logSafe = true;
  constructor(what: string, ms: number) {
    super(`No answer within ${ms} ms when asking for ${what}.`);
  }
}

/** The read models were built from another log, or the log was set back to an older backup. */
export class ForeignLogError extends Error {
  override readonly name = 'ForeignLogError';
  readonly logSafe = true;
  readonly code = 'FOREIGN_LOG';
  constructor(build: string, checkpoint: string, head: string | undefined) {
    super(
      `${build} has absorbed events up to ${checkpoint}, but the log's newest event is at ${head ?? 'nothing: it is empty'}. ` +
        'The read models belong to another log or to a newer state of this one. Point EVENTSTORE_URL and MONGODB_URL ' +
        'to stores that belong together, or give the read models an empty database to be rebuilt.',
    );
  }
}

/** A rebuild met an event it cannot apply. Live builds park such events, rebuilds must not hide them. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

/** The log holds what cannot be: a stream without one of its revisions. */
export class StreamGapError extends Error {
  override readonly name = 'StreamGapError';
  readonly logSafe = true;
}
