import { readStreamName } from './append-requests.js';
import { readUuid } from './event-id.js';
import { ProtoReader } from './proto-reader.js';
import {
  frameHeaderSize,
  isChecksumRight,
  frameOffset,
  streamLength,
  streamOffset,
  typeLength,
} from './stored-event.js';

export interface StoredEvent {
  readonly id: string;
  readonly stream: Buffer;
  readonly revision: number;
  readonly position: number;
}

/** Decodes a stored event and holds its parts against each other. Only checks need it: reads send the bytes as they are. */
export function readStoredEvent(stored: Buffer): StoredEvent {
  const at = frameOffset(stored);
  const length = stored.readUInt32BE(at + 1);
  if (at + frameHeaderSize + length !== stored.length) throw new Error('its length is not the one it states');
  if (!isChecksumRight(stored)) throw new Error('its content is not what was written: the checksum differs');
  const event = readRecordedEvent(fieldOf(fieldOf(stored.subarray(at + frameHeaderSize), 1), 1));
  const nameStart = streamOffset(stored);
  const nameEnd = nameStart + streamLength(stored);
  if (!event.stream.equals(stored.subarray(nameStart, nameEnd)))
    throw new Error('it is headed by the name of another stream');
  if (!event.type.equals(stored.subarray(nameEnd, nameEnd + typeLength(stored))))
    throw new Error('it is headed by another type');
  return event;
}

function fieldOf(message: Buffer, wanted: number): Buffer {
  const reader = new ProtoReader(message);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === wanted) return reader.take();
    reader.skip();
  }
  throw new Error('it is incomplete');
}

function readRecordedEvent(message: Buffer): StoredEvent & { readonly type: Buffer } {
  const reader = new ProtoReader(message);
  const found: { id?: string; stream?: Buffer; type?: Buffer; revision: number; position: number } = {
    revision: 0,
    position: 0,
  };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) found.id = readUuid(reader.take());
    else if (field === 2) found.stream = readStreamName(reader.take());
    else if (field === 3) found.revision = reader.number();
    else if (field === 5) found.position = reader.number();
    else if (field === 6) {
      const entry = reader.take();
      found.type ??= typeEntry(entry);
    } else reader.skip();
  }
  const { id, stream, type, revision, position } = found;
  if (id === undefined || stream === undefined || type === undefined) throw new Error('it is incomplete');
  return { id, stream, type, revision, position };
}

/** The value of the map's entry `type`, which is written first. */
function typeEntry(entry: Buffer): Buffer | undefined {
  return fieldOf(entry, 1).toString() === 'type' ? fieldOf(entry, 2) : undefined;
}
