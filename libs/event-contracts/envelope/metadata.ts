import type { Actor } from './actor.js';

/** What the command side knows of an event before it is sealed and appended. */
export interface EventContext {
  /** When it happened in the world, ISO 8601 UTC with milliseconds. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** The command that caused it; event ids derive from it. */
  readonly commandId: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  /** Keyed digest of the request, so that a reused key with another body is noticed. */
  readonly requestHash?: string;
  /** `sub` of the upstream service that sent the command on the actor's behalf. */
  readonly submittedBy?: string;
}

export interface EventMetadata extends EventContext {
  readonly schemaVersion: number;
  /** SHA-256 over the canonical event, ciphertext included; see `docs/explanation`. */
  readonly hash: string;
  /** Hash of the event before it in the stream, null for the first. */
  readonly previousHash: string | null;
}
