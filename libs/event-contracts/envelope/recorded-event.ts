import type { EventMetadata } from './metadata.js';

/** Commit and prepare position in `$all`, each padded to 20 digits and joined by "-", so that text order is log order. */
export type GlobalPosition = string;

/** Number of an event in its stream, from 0. */
export type StreamRevision = number;

/** An event as it stands in the log, decoded and upcast to the newest version of its type. */
export interface RecordedEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly metadata: EventMetadata;
  readonly streamId: string;
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly eventId: string;
  /** The store's own time of recording, ISO 8601 UTC. */
  readonly recordedAt: string;
}
