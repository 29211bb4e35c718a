import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import type { EventMetadata } from './metadata.js';
import type { StreamRevision } from './recorded-event.js';

// Its typings name a default export that the CommonJS module is itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** What the hash covers: where the event stands, what it says (sealed), and everything of its metadata but the hash. */
export interface HashedEvent {
  readonly streamId: string;
  readonly revision: StreamRevision;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  /** `previousHash` among it chains the events of a stream. */
  readonly metadata: Omit<EventMetadata, 'hash'>;
}

/** RFC 8785 text of an event: the one form that anybody, in any language, can hash again. */
export function canonicalEvent(event: HashedEvent): string {
  const { streamId, revision, eventId, type, data, metadata } = event;
  // A whole metadata object may be passed in: the hash never covers itself.
  const { hash: _, ...covered } = metadata as EventMetadata;
  return canonicalize({ streamId, revision, eventId, type, data, metadata: covered }) ?? '';
}

/** SHA-256 of the canonical text, 64 hexadecimal digits. */
export function eventHash(event: HashedEvent): string {
  return createHash('sha256').update(canonicalEvent(event), 'utf8').digest('hex');
}
