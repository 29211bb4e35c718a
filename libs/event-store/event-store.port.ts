import type {
  EventContext,
  GlobalPosition,
  RecordedEvent,
  StreamRevision,
} from '#libs/event-contracts/index.js';

/** An event to append: data already sealed; the store adds schema version, hash and predecessor's hash. */
export interface EventToAppend {
  readonly type: string;
  readonly data: unknown;
  /** Derived from the command (uuid v5 of command id and index), so that a repeated append is recognised. */
  readonly eventId: string;
  readonly context: EventContext;
}

export interface Appended {
  /** Revision of the last event written. */
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
}

/** An event that could not be decoded or upcast, or whose stored form breaks its schema: it never stops a reader. */
export interface UndecodableEvent {
  readonly type: string;
  readonly streamId: string;
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly reason: string;
}

export type LogMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'undecodable'; readonly event: UndecodableEvent }
  /** Nothing that matches the filter lies at or before this position but what was already delivered. */
  | { readonly kind: 'position'; readonly position: GlobalPosition };

/** An event exactly as it lies in the log, unchecked and not upcast: what its hash was computed over. */
export interface StoredEvent {
  readonly streamId: string;
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly eventId: string;
  /** ISO 8601 UTC; cut to milliseconds by the client, so never an order. */
  readonly recordedAt: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

export interface StreamRange {
  /** Where reading begins, inclusive; without it at the first event, backwards at the last. */
  readonly fromRevision?: StreamRevision;
  /** Where reading ends, inclusive; backwards the smaller of the two. */
  readonly toRevision?: StreamRevision;
  readonly direction?: 'forwards' | 'backwards';
  readonly maxCount?: number;
}

export interface LogRange {
  /** Exclusive. */
  readonly after?: GlobalPosition;
  /** Inclusive. */
  readonly until?: GlobalPosition;
  /** Stream-name prefixes; required, so that no system event ever arrives. */
  readonly prefixes: readonly string[];
}

export interface FollowedRange extends Omit<LogRange, 'until'> {
  /**
   * A pattern of stream names. The server passes over what it does not match, as far as it can: what arrives may still
   * be more than that.
   */
  readonly narrowedTo?: string;
}

/** Where an event lies. */
export interface LogPlace {
  readonly position: GlobalPosition;
  readonly streamId: string;
}

export interface EventStore {
  /**
   * Appends all events or none, at exactly the revision that the decision was made on.
   * @throws WrongExpectedRevisionError when the stream has moved on (and these very events are not there already)
   * @throws AppendOutcomeUnknownError when the store did not answer; the same command may be sent again
   * @throws EventStoreBusyError when too many appends wait already
   */
  append(
    streamId: string,
    expectedRevision: StreamRevision | 'no-stream',
    events: readonly EventToAppend[],
  ): Promise<Appended>;
  /** A stream that does not exist reads as empty. */
  readStream(streamId: string, range?: StreamRange): AsyncIterable<LogMessage>;
  /** For verification and evidence; everybody else reads decoded events. */
  readStored(streamId: string, range?: StreamRange): AsyncIterable<StoredEvent>;
  /** Ends at the end of the log; the last message may be the position up to which it has been read. */
  readLog(range: LogRange): AsyncIterable<LogMessage>;
  /**
   * Catch-up, then live; ends only by `signal` or by throwing. The caller supervises and resumes after the position
   * that it has stored. A position is delivered after all that precedes it, and never twice or backwards.
   * @throws SubscriptionDroppedError for every end that was not asked for
   * @throws EventStoreRefusedError when resuming is pointless (no permission)
   */
  subscribe(range: FollowedRange, signal: AbortSignal): AsyncIterable<LogMessage>;
  /**
   * `subscribe` for who follows at full speed: each message is handed over where it arrives, and nothing more is read
   * while the promise that `deliver` may return is pending.
   */
  follow(
    range: FollowedRange,
    signal: AbortSignal,
    deliver: (message: LogMessage) => Promise<void> | undefined,
  ): Promise<void>;
  /**
   * Position of the newest event under the prefixes, undefined for an empty log. A reader whose last *event* lies
   * beyond it has read another log, e.g. one restored from an older backup. (A `position` message may lie beyond.)
   */
  head(prefixes: readonly string[]): Promise<GlobalPosition | undefined>;
  /** The event that `head` is the position of. */
  newest(prefixes: readonly string[]): Promise<LogPlace | undefined>;
  close(): Promise<void>;
}
