import type { ProposedEvent } from '../storage/append-decision.js';
import { fieldSize, ProtoWriter, varintFieldSize } from './proto-writer.js';
import { uuidBytes } from './event-id.js';
import { crc32 } from 'node:zlib';

/**
 * A stored event is a gRPC frame ready to be sent, behind what filters look at:
 *
 *     u16 length of the stream's name │ u16 length of the type │ u32 checksum │ name │ type │ 0 │ u32 length │ ReadResp { event { event } }
 *
 * The first length's highest bit says that there is a checksum, a CRC-32 of all that follows it. Version 1 had none.
 *
 * so that a read copies bytes from the page to the socket and decodes nothing. Ids are sent as text unless a client asks for
 * the structured form; see withStructuredId.
 */
export interface EventPlace {
  readonly stream: Buffer;
  readonly revision: number;
  readonly position: number;
  /** 100 ns ticks since the Unix epoch, in decimal. */
  readonly created: string;
}

const headerSize = 8;
const headerSizeWithoutChecksum = 4;
const checksumOffset = 4;
const checksumFlag = 0x8000;
export const frameHeaderSize = 5;
const idLength = 36;

const typeKey = Buffer.from('type');
const contentTypeKey = Buffer.from('content-type');
const createdKey = Buffer.from('created');

const mapEntrySize = (key: Buffer, valueLength: number) => fieldSize(key.length) + fieldSize(valueLength);

interface Sizes {
  readonly identifier: number;
  readonly recorded: number;
  readonly readEvent: number;
  readonly response: number;
  readonly total: number;
}

function sizesOf(event: ProposedEvent, place: EventPlace): Sizes {
  const identifier = fieldSize(place.stream.length);
  const recorded =
    fieldSize(fieldSize(idLength)) +
    fieldSize(identifier) +
    (place.revision === 0 ? 0 : varintFieldSize(place.revision)) +
    2 * varintFieldSize(place.position) +
    fieldSize(mapEntrySize(typeKey, event.type.length)) +
    fieldSize(mapEntrySize(contentTypeKey, event.contentType.length)) +
    fieldSize(mapEntrySize(createdKey, place.created.length)) +
    (event.metadata.length === 0 ? 0 : fieldSize(event.metadata.length)) +
    (event.data.length === 0 ? 0 : fieldSize(event.data.length));
  const readEvent = fieldSize(recorded) + varintFieldSize(place.position);
  const response = fieldSize(readEvent);
  const total = headerSize + place.stream.length + event.type.length + frameHeaderSize + response;
  return { identifier, recorded, readEvent, response, total };
}

export function encodeStoredEvent(event: ProposedEvent, place: EventPlace): Buffer {
  const sizes = sizesOf(event, place);
  const bytes = Buffer.allocUnsafe(sizes.total);
  bytes.writeUInt16LE(place.stream.length | checksumFlag, 0);
  bytes.writeUInt16LE(event.type.length, 2);
  const writer = new ProtoWriter(bytes, headerSize);
  writer.raw(place.stream);
  writer.raw(event.type);
  bytes[writer.position++] = 0;
  writer.position = bytes.writeUInt32BE(sizes.response, writer.position);
  writer.open(1, sizes.readEvent);
  writer.open(1, sizes.recorded);
  writer.open(1, fieldSize(idLength));
  writer.asciiField(2, event.id);
  writer.open(2, sizes.identifier);
  writer.bytesField(3, place.stream);
  if (place.revision !== 0) writer.varintField(3, place.revision);
  writer.varintField(4, place.position);
  writer.varintField(5, place.position);
  writeMapEntry(writer, typeKey, event.type);
  writeMapEntry(writer, contentTypeKey, event.contentType);
  writeMapEntry(writer, createdKey, Buffer.from(place.created, 'latin1'));
  if (event.metadata.length > 0) writer.bytesField(7, event.metadata);
  if (event.data.length > 0) writer.bytesField(8, event.data);
  writer.varintField(3, place.position);
  bytes.writeUInt32LE(crc32(bytes.subarray(headerSize)), checksumOffset);
  return bytes;
}

function writeMapEntry(writer: ProtoWriter, key: Buffer, value: Buffer): void {
  writer.open(6, mapEntrySize(key, value.length));
  writer.bytesField(1, key);
  writer.bytesField(2, value);
}

/** Where the frame begins within a stored event. */
export const frameOffset = (stored: Buffer): number =>
  streamOffset(stored) + streamLength(stored) + typeLength(stored);

export const hasChecksum = (stored: Buffer): boolean => ((stored[1] ?? 0) & (checksumFlag >> 8)) !== 0;

/** True for an event without one. */
export const isChecksumRight = (stored: Buffer): boolean =>
  !hasChecksum(stored) || stored.readUInt32LE(checksumOffset) === crc32(stored.subarray(headerSize));

export const streamOffset = (stored: Buffer): number =>
  hasChecksum(stored) ? headerSize : headerSizeWithoutChecksum;
export const streamLength = (stored: Buffer): number => stored.readUInt16LE(0) & (checksumFlag - 1);
export const typeLength = (stored: Buffer): number => stored.readUInt16LE(2);

/** The id's 36 characters; their place is fixed by how encodeStoredEvent orders the fields. */
export function idOf(stored: Buffer): string {
  const at = idOffset(stored);
  return stored.toString('latin1', at, at + idLength);
}

function idOffset(stored: Buffer): number {
  let at = frameOffset(stored) + frameHeaderSize;
  at = skipHead(stored, at);
  at = skipHead(stored, at);
  // Head of the UUID message and of the text in it: two bytes each.
  return at + 4;
}

/** Past the tag and the length of a length-delimited field. */
function skipHead(bytes: Buffer, at: number): number {
  at++;
  while ((bytes[at] ?? 0) >= 128) at++;
  return at + 1;
}

/** The same frame with its id as two 64-bit halves, for clients that ask for it. */
export function withStructuredId(frame: Buffer): Buffer {
  let at = frameHeaderSize;
  at = skipHead(frame, at);
  const readEventAt = at;
  at = skipHead(frame, at);
  const recordedAt = at;
  const idEnd = recordedAt + 4 + idLength;
  const id = structuredUuid(frame.toString('latin1', recordedAt + 4, idEnd));

  const recordedLength = readLength(frame, readEventAt);
  const recorded = recordedLength - (4 + idLength) + fieldSize(id.length);
  const tail = frame.subarray(recordedAt + recordedLength);
  const readEvent = fieldSize(recorded) + tail.length;
  const response = fieldSize(readEvent);
  const bytes = Buffer.allocUnsafe(frameHeaderSize + response);
  bytes[0] = 0;
  const writer = new ProtoWriter(bytes, bytes.writeUInt32BE(response, 1));
  writer.open(1, readEvent);
  writer.open(1, recorded);
  writer.bytesField(1, id);
  writer.raw(frame.subarray(idEnd));
  return bytes;
}

function readLength(bytes: Buffer, at: number): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = bytes[++at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
}

function structuredUuid(text: string): Buffer {
  const bytes = uuidBytes(text);
  const halves = Buffer.concat([
    signedVarintField(1, bytes.readBigUInt64BE(0)),
    signedVarintField(2, bytes.readBigUInt64BE(8)),
  ]);
  return Buffer.concat([Buffer.from([0x0a, halves.length]), halves]);
}

/** Halves with the top bit set are negative int64s, ten bytes long; proto3 leaves a zero out. */
function signedVarintField(field: number, value: bigint): Buffer {
  if (value === 0n) return Buffer.alloc(0);
  const bytes = [field * 8];
  while (value >= 128n) {
    bytes.push(Number(value & 0x7fn) | 0x80);
    value >>= 7n;
  }
  bytes.push(Number(value));
  return Buffer.from(bytes);
}
