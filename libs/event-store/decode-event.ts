import type { EventMetadata, RecordedEvent } from '#libs/event-contracts/index.js';
import type { EventCodec } from './event-codec.js';
import type { LogMessage, StoredEvent } from './event-store.port.js';
import { messageOf } from './client-errors.js';

/** Never throws: what cannot be understood is handed on as such, and the reader decides. */
export function decodeEvent(stored: StoredEvent, codec: EventCodec): LogMessage {
  try {
    const reason = defect(stored, codec);
    if (reason !== undefined) return undecodable(stored, reason);
    const metadata = stored.metadata as EventMetadata;
    const data =
      codec.newestVersion(stored.type) === undefined
        ? stored.data
        : codec.upcast(stored.type, metadata.schemaVersion, stored.data);
    // Nearly all are of today's version already; a reader of millions need not copy them.
    const event = data === stored.data ? (stored as RecordedEvent) : { ...stored, data, metadata };
    return { kind: 'event', event };
  } catch (error) {
    return undecodable(stored, `cannot be brought to today's version: ${messageOf(error)}`);
  }
}

function undecodable(stored: StoredEvent, reason: string): LogMessage {
  const { type, streamId, revision, position, eventId, recordedAt } = stored;
  return {
    kind: 'undecodable',
    event: { type, streamId, revision, position, eventId, recordedAt, reason },
  };
}

function defect({ type, data, metadata }: StoredEvent, codec: EventCodec): string | undefined {
  // The client hands malformed JSON out as a string and binary data as bytes, without an error (P-23).
  if (!isPlainObject(data)) return 'its data is not a JSON object';
  if (!isPlainObject(metadata)) return 'it has no metadata';
  const missing = missingField(metadata);
  if (missing !== undefined) return `its metadata lacks ${missing}`;
  const version = (metadata as unknown as EventMetadata).schemaVersion;
  const newest = codec.newestVersion(type);
  if (newest === undefined) return undefined;
  if (version > newest)
    return `it is version ${version} of ${type}, this release knows up to version ${newest}`;
  const problems = codec.problems(type, version, data);
  return problems.length > 0 ? `it breaks its schema: ${problems.join('; ')}` : undefined;
}

function missingField(metadata: Record<string, unknown>): string | undefined {
  if (!Number.isInteger(metadata.schemaVersion)) return 'schemaVersion';
  if (!isActor(metadata.actor)) return 'actor';
  if (!isInstant(metadata.occurredAt)) return 'occurredAt, in UTC with milliseconds';
  return ['commandId', 'hash'].find((field) => typeof metadata[field] !== 'string');
}

function isActor(value: unknown): boolean {
  return isPlainObject(value) && ['sub', 'name', 'role'].every((field) => typeof value[field] === 'string');
}

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** In the one notation of which text order is time order: read models sort by it. */
function isInstant(value: unknown): boolean {
  return typeof value === 'string' && INSTANT.test(value);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
