import { readUuid } from './event-id.js';
import { ProtoReader } from './proto-reader.js';
import type { ExpectedRevision, ProposedEvent } from '../storage/append-decision.js';

/** What is wrong with a request that could be read; becomes INVALID_ARGUMENT or a typed error. */
export type RequestFault =
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'metadata-missing'; readonly properties: readonly string[] };

export interface AppendTarget {
  readonly stream: Buffer;
  readonly expected: ExpectedRevision;
  /** Milliseconds since the epoch after which the caller no longer waits. */
  readonly deadline?: number;
  /** The identifier and the expectation as they came, to be echoed. */
  readonly echo: {
    readonly identifier: Buffer;
    /** Field of the options that carried the expectation, 0 for none; its content is in one of the next two. */
    readonly expectedField: number;
    readonly expectedBytes?: Buffer;
    readonly expectedRevision?: number | bigint;
  };
}

export interface AppendMessage {
  readonly target?: AppendTarget;
  readonly event?: ProposedEvent | RequestFault;
}

export interface BatchAppendMessage {
  readonly correlationId: Buffer;
  readonly target?: AppendTarget;
  readonly events: readonly (ProposedEvent | RequestFault)[];
  readonly isFinal: boolean;
}

const nothing = Buffer.alloc(0);

/** `AppendReq`: first the options, then one message per event. */
export function readAppendMessage(bytes: Buffer): AppendMessage {
  const reader = new ProtoReader(bytes);
  let target: AppendTarget | undefined;
  let event: ProposedEvent | RequestFault | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) target = readTarget(reader.message());
    else if (field === 2) event = readProposedEvent(reader.message());
    else reader.skip();
  }
  return { target, event };
}

/** `BatchAppendReq`: options in the first message of a correlation id, events in each. */
export function readBatchAppendMessage(bytes: Buffer): BatchAppendMessage {
  const reader = new ProtoReader(bytes);
  const events: (ProposedEvent | RequestFault)[] = [];
  let correlationId: Buffer = nothing;
  let target: AppendTarget | undefined;
  let isFinal = false;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) correlationId = reader.take();
    else if (field === 2) target = readTarget(reader.message());
    else if (field === 3) events.push(readProposedEvent(reader.message()));
    else if (field === 4) isFinal = reader.number() !== 0;
    else reader.skip();
  }
  return { correlationId, target, events, isFinal };
}

function readTarget(reader: ProtoReader): AppendTarget {
  let identifier: Buffer = nothing;
  let expected: ExpectedRevision = 'any';
  let expectedField = 0;
  let expectedBytes: Buffer | undefined;
  let expectedRevision: number | bigint | undefined;
  let deadline: number | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) identifier = reader.take();
    else if (field === 2) {
      expectedRevision = reader.uint64();
      expected = Number(expectedRevision);
      expectedField = field;
    } else if (field >= 3 && field <= 5) {
      expectedBytes = reader.take();
      expectedField = field;
      expected = field === 3 ? 'no-stream' : field === 4 ? 'any' : 'stream-exists';
    } else if (field === 6) deadline = readTimestamp(reader.message());
    else reader.skip();
  }
  const echo = { identifier, expectedField, expectedBytes, expectedRevision };
  return { stream: readStreamName(identifier), expected, deadline, echo };
}

export function readStreamName(identifier: Buffer): Buffer {
  const reader = new ProtoReader(identifier);
  let name: Buffer = nothing;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 3) name = reader.take();
    else reader.skip();
  }
  return name;
}

function readTimestamp(reader: ProtoReader): number {
  let seconds = 0n;
  let nanos = 0n;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) seconds = reader.int64();
    else if (field === 2) nanos = reader.int64();
    else reader.skip();
  }
  return Number(seconds) * 1000 + Number(nanos) / 1_000_000;
}

/** `ProposedMessage`, the same in both kinds of append. */
function readProposedEvent(reader: ProtoReader): ProposedEvent | RequestFault {
  let id: string | undefined;
  let type: Buffer | undefined;
  let contentType: Buffer | undefined;
  let metadata: Buffer = nothing;
  let data: Buffer = nothing;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) id = readUuid(reader.take());
    else if (field === 2) {
      const [key, value] = readMapEntry(reader.message());
      if (key === 'type') type = value;
      else if (key === 'content-type') contentType = value;
    } else if (field === 3) metadata = reader.take();
    else if (field === 4) data = reader.take();
    else reader.skip();
  }
  if (id === undefined)
    return { kind: 'invalid', message: 'An event needs an id, a UUID that is not empty.' };
  if (type === undefined || contentType === undefined) {
    const properties = [...(type ? [] : ['type']), ...(contentType ? [] : ['content-type'])];
    return { kind: 'metadata-missing', properties };
  }
  if (type.length === 0) return { kind: 'invalid', message: 'An event needs a type that is not empty.' };
  if (type.length > 0xffff) return { kind: 'invalid', message: 'An event type is at most 65535 bytes long.' };
  return { id, type, contentType, metadata, data };
}

function readMapEntry(reader: ProtoReader): [string, Buffer] {
  let key = '';
  let value: Buffer = nothing;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) key = reader.text();
    else if (field === 2) value = reader.take();
    else reader.skip();
  }
  return [key, value];
}

export const isFault = (event: ProposedEvent | RequestFault): event is RequestFault => 'kind' in event;
