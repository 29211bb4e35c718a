import { jsonEvent, type EventData } from '@eventstore/db-client';
import { eventHash, type StreamRevision } from '#libs/event-contracts/index.js';
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

/** An event that may be written: a copy of its own, with the version that it is written in. */
interface CheckedEvent extends EventToAppend {
  readonly data: Record<string, unknown>;
  readonly schemaVersion: number;
}

/** @throws InvalidEventError for what would be a mistake of the program to write */
export function checkBatch(events: readonly EventToAppend[], codec: EventCodec): readonly CheckedEvent[] {
  if (events.length === 0 || events.length > maxBatch) {
    throw new InvalidEventError(`A batch has 1 to ${maxBatch} events, not ${events.length}.`);
  }
  const ids = new Set(events.map((event) => event.eventId));
  if (ids.size < events.length) throw new InvalidEventError('Two events of a batch share one id.');
  return events.map((event) => checkEvent(event, codec));
}

function checkEvent({ type, eventId, data, context }: EventToAppend, codec: EventCodec): CheckedEvent {
  // The client would make up a random id, and a repetition would be written twice (P-23).
  if (!uuid.test(eventId)) throw new InvalidEventError(`The id of a ${type} is no lower-case UUID.`);
  const schemaVersion = codec.newestVersion(type);
  if (schemaVersion === undefined) throw new InvalidEventError(`${type} is no event type of this release.`);
  // As it will be read back: what JSON drops is not hashed, and the caller's object can change without effect.
  const copy = JSON.parse(JSON.stringify({ data, context })) as Pick<CheckedEvent, 'data' | 'context'>;
  const problems = codec.problems(type, schemaVersion, copy.data);
  if (problems.length > 0) throw new InvalidEventError(`A ${type} breaks its schema: ${problems.join('; ')}`);
  return { type, eventId, schemaVersion, ...copy };
}

/** Gives each event its place in the chain: its hash covers the hash of the event before it. */
export function prepareBatch(
  streamId: string,
  expectedRevision: StreamRevision | 'no-stream',
  events: readonly CheckedEvent[],
  predecessorHash: string | null,
): PreparedBatch {
  const firstRevision = expectedRevision === 'no-stream' ? 0 : expectedRevision + 1;
  let previousHash = predecessorHash;
  const prepared = events.map(({ eventId, type, data, context, schemaVersion }, index) => {
    const unhashed = { ...context, schemaVersion, previousHash };
    const revision = firstRevision + index;
    const hash = eventHash({ streamId, revision, eventId, type, data, metadata: unhashed });
    previousHash = hash;
    return deepFreeze(jsonEvent({ id: eventId, type, data, metadata: { ...unhashed, hash } }));
  });
  return Object.freeze({
    streamId,
    expectedRevision,
    events: Object.freeze(prepared),
    eventIds: Object.freeze(events.map((event) => event.eventId)),
    lastRevision: firstRevision + events.length - 1,
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(Object.freeze(value)).forEach(deepFreeze);
  }
  return value;
}
