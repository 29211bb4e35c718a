import { jsonEvent, type EventData } from '@eventstore/db-client';
import {
  eventHash,
  type EventContext,
  type EventMetadata,
  type StreamRevision,
} from '#libs/event-contracts/index.js';
import type { EventCodec } from './event-codec.js';
import { InvalidEventError } from './event-store-errors.js';
import type { EventToAppend } from './event-store.port.js';

/** Built once and never changed: every repetition sends these very events (P-17). */
export interface PreparedBatch {
  readonly streamId: string;
  readonly expectedRevision: StreamRevision | 'no-stream';
  readonly events: readonly EventData[];
  readonly eventIds: readonly string[];
  readonly lastRevision: StreamRevision;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A command makes a handful of events; the server's own limit is on bytes. */
const maxBatch = 1000;

export function prepareBatch(
  streamId: string,
  expectedRevision: StreamRevision | 'no-stream',
  events: readonly EventToAppend[],
  predecessorHash: string | null,
  codec: EventCodec,
): PreparedBatch {
  checkIds(events);
  const firstRevision = expectedRevision === 'no-stream' ? 0 : expectedRevision + 1;
  let previousHash = predecessorHash;
  const prepared = events.map((event, index) => {
    const { data, metadata } = envelope(event, streamId, firstRevision + index, previousHash, codec);
    previousHash = metadata.hash;
    return deepFreeze(jsonEvent({ id: event.eventId, type: event.type, data, metadata: metadata }));
  });
  return Object.freeze({
    streamId,
    expectedRevision,
    events: Object.freeze(prepared),
    eventIds: Object.freeze(events.map((event) => event.eventId)),
    lastRevision: firstRevision + events.length - 1,
  });
}

function checkIds(events: readonly EventToAppend[]): void {
  if (events.length === 0 || events.length > maxBatch) {
    throw new InvalidEventError(`A batch has 1 to ${maxBatch} events, not ${events.length}.`);
  }
  const ids = new Set(events.map((event) => event.eventId));
  if (ids.size < events.length) throw new InvalidEventError('Two events of a batch share one id.');
  for (const { eventId, type } of events) {
    // The client would make up a random id, and a repetition would be written twice (P-23).
    if (!uuid.test(eventId)) throw new InvalidEventError(`The id of a ${type} is no lower-case UUID.`);
  }
}

function envelope(
  event: EventToAppend,
  streamId: string,
  revision: StreamRevision,
  previousHash: string | null,
  codec: EventCodec,
): { data: Record<string, unknown>; metadata: EventMetadata } {
  const schemaVersion = codec.newestVersion(event.type);
  if (schemaVersion === undefined) {
    throw new InvalidEventError(`${event.type} is no event type of this release.`);
  }
  // As it will be read back: what JSON drops is not hashed, and the caller's object can change without effect.
  const data = JSON.parse(JSON.stringify(event.data)) as Record<string, unknown>;
  const problems = codec.problems(event.type, schemaVersion, data);
  if (problems.length > 0) {
    throw new InvalidEventError(`A ${event.type} breaks its schema: ${problems.join('; ')}`);
  }
  const context = JSON.parse(JSON.stringify(event.context)) as EventContext;
  const unhashed = { ...context, schemaVersion, previousHash };
  const hash = eventHash({
    streamId,
    revision,
    eventId: event.eventId,
    type: event.type,
    data,
    metadata: unhashed,
  });
  return { data, metadata: { ...unhashed, hash } };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(Object.freeze(value)).forEach(deepFreeze);
  }
  return value;
}
