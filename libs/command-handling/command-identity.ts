import { v5 as uuidV5 } from 'uuid';

/** Namespaces of our own for name-based ids (RFC 9562 version 5). */
const COMMANDS = '5b0e2d1c-6f0a-5c57-9a55-3c1e8f7d2a10';
const IMPORTED_COMMANDS = '0f6b9f5e-0c1d-5f0b-8f8e-6a4a0f5d7b21';

/** One id per caller and key: the same request, repeated anywhere at any time, is the same command. */
export function keyedCommandId(callerSub: string, idempotencyKey: string): string {
  return uuidV5(`${callerSub}\u0000${idempotencyKey}`, COMMANDS);
}

/** An imported line is identified by what it says about which case, so that a repeated import adds nothing. */
export function importedCommandId(externalId: string, lineDigest: string): string {
  return uuidV5(`${externalId}\u0000${lineDigest}`, IMPORTED_COMMANDS);
}

/** The store recognises a repeated append by these ids, together with the explicit expected revision. */
export function eventIdOf(commandId: string, index: number): string {
  return uuidV5(String(index), commandId);
}
