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

export interface StreamRange {
  readonly fromRevision?: StreamRevision;
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

export interface EventStore {
  /**
   * Appends all events or none, at exactly the revision that the decision was made on.
   * @throws WrongExpectedRevisionError when the stream has moved on (and these very events are not there already)
   */
  append(
    streamId: string,
    expectedRevision: StreamRevision | 'no-stream',
    events: readonly EventToAppend[],
  ): Promise<Appended>;
  /** A stream that does not exist reads as empty. */
  readStream(streamId: string, range?: StreamRange): AsyncIterable<LogMessage>;
  readLog(range: LogRange): AsyncIterable<LogMessage>;
  /** Catch-up, then live; ends only by `signal` or by throwing. The caller supervises and resumes. */
  subscribe(range: Omit<LogRange, 'until'>, signal: AbortSignal): AsyncIterable<LogMessage>;
  /** Position of the newest event under the prefixes, undefined for an empty log. */
  head(prefixes: readonly string[]): Promise<GlobalPosition | undefined>;
  close(): Promise<void>;
}
