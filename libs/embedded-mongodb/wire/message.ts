import { Doc } from '../bson/doc.js';
import { validateDocument } from '../bson/validate.js';
import { InvalidBsonError } from '../bson/errors.js';
import { BsonWriter } from '../bson/write.js';
import { crc32c } from './crc32c.js';

/** Bytes that are no message at all: there is nobody to answer, the connection is closed. */
export class ProtocolError extends Error {}

export const headerBytes = 16;
export const largestMessage = 48_000_000;

const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;
const checksumPresent = 1;
const moreToCome = 2;
/** An unknown flag among the first sixteen changes the meaning of the message. */
const requiredFlags = 0xffff;

export interface Request {
  readonly requestId: number;
  /** The handshake of old, answered by the reply of old. */
  readonly legacy: boolean;
  readonly body: Doc;
  /** Document sequences, by the name of the field that they stand for. */
  readonly sequences: ReadonlyMap<string, readonly Doc[]>;
  /** The client does not wait for an answer. */
  readonly unacknowledged: boolean;
}

/** @throws InvalidBsonError where the frame is sound but a document in it is not; ProtocolError for all else. */
export function parseMessage(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === opMessage) return parseOpMsg(message, requestId);
  if (opCode === opQuery) return parseOpQuery(message, requestId);
  throw new ProtocolError(`Unsupported operation ${opCode}`);
}

export const requestIdOf = (message: Buffer): number => message.readInt32LE(4);

function parseOpMsg(message: Buffer, requestId: number): Request {
  if (message.length < headerBytes + 10) throw new ProtocolError('Message is cut short');
  const flags = message.readUInt32LE(headerBytes);
  if (flags & requiredFlags & ~(checksumPresent | moreToCome)) throw new ProtocolError('Unknown flags');
  let end = message.length;
  if (flags & checksumPresent) {
    end -= 4;
    if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
      throw new ProtocolError('Wrong checksum');
  }
  const sequences = new Map<string, Doc[]>();
  let body: Doc | undefined;
  let at = headerBytes + 4;
  while (at < end) {
    const kind = message[at++];
    if (kind === 0) {
      if (body) throw new ProtocolError('Two bodies in one message');
      body = Doc.fromBytes(message, at);
      at = validateDocument(message, at, end);
    } else if (kind === 1) at = parseSequence(message, at, end, sequences);
    else throw new ProtocolError(`Unknown section ${String(kind)}`);
  }
  if (!body) throw new ProtocolError('No body in message');
  return { requestId, legacy: false, body, sequences, unacknowledged: (flags & moreToCome) !== 0 };
}

function parseSequence(message: Buffer, start: number, limit: number, sequences: Map<string, Doc[]>): number {
  if (start + 5 > limit) throw new ProtocolError('Section is cut short');
  const size = message.readInt32LE(start);
  const end = start + size;
  const nameEnd = message.indexOf(0, start + 4);
  if (size < 5 || end > limit || nameEnd < 0 || nameEnd >= end)
    throw new ProtocolError('Section with a false length');
  const name = message.toString('utf8', start + 4, nameEnd);
  if (sequences.has(name)) throw new InvalidBsonError(`Duplicate document sequence ${name}`);
  const documents: Doc[] = [];
  let at = nameEnd + 1;
  while (at < end) {
    documents.push(Doc.fromBytes(message, at));
    at = validateDocument(message, at, end);
  }
  sequences.set(name, documents);
  return end;
}

function parseOpQuery(message: Buffer, requestId: number): Request {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  if (nameEnd < 0 || nameEnd + 9 >= message.length) throw new ProtocolError('Query is cut short');
  const namespace = message.toString('utf8', headerBytes + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new ProtocolError('OP_QUERY is only answered for the handshake');
  const at = nameEnd + 9;
  validateDocument(message, at, message.length);
  const query = Doc.fromBytes(message, at);
  const wrapped = query.get('$query');
  const body = wrapped instanceof Doc ? wrapped : query;
  const db = namespace.slice(0, -'.$cmd'.length);
  return {
    requestId,
    legacy: true,
    body: body.with('$db', db),
    sequences: new Map(),
    unacknowledged: false,
  };
}

let nextId = 1;

const writer = new BsonWriter();

/** The bytes of an answer. */
export function composeReply(answer: Doc, responseTo: number, legacy: boolean): Buffer {
  writer.length = 0;
  const header = legacy ? headerBytes + 20 : headerBytes + 5;
  writer.reserve(header);
  writer.length = header;
  writer.document(answer);
  const bytes = Buffer.allocUnsafe(writer.length);
  writer.buffer.copy(bytes, 0, 0, writer.length);
  if (writer.buffer.length > 1 << 20) writer.buffer = Buffer.allocUnsafe(1024);
  bytes.fill(0, 0, header);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(nextId++ & 0x7fffffff, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(legacy ? opReply : opMessage, 12);
  if (legacy) bytes.writeInt32LE(1, headerBytes + 16);
  return bytes;
}
