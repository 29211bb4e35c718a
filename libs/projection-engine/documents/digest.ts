import { hash } from 'node:crypto';
import { CanonicalText } from './canonical.js';

const MODULUS = 1n << 256n;
const text = new CanonicalText();

/** SHA-256 of a document's canonical text as a number. */
export function documentHash(document: object): bigint {
  return BigInt('0x' + hash('sha256', text.of(document), 'hex'));
}

/**
 * A sum instead of XOR: order does not matter either way, but two equal wrongs do not cancel out, and a document taken
 * out is simply subtracted.
 */
export function addToDigest(digest: string, delta: bigint): string {
  const sum = (((BigInt('0x' + digest) + delta) % MODULUS) + MODULUS) % MODULUS;
  return sum.toString(16).padStart(64, '0');
}

export function sumDigests(digests: readonly string[]): string {
  return digests.reduce((sum, digest) => addToDigest(sum, BigInt('0x' + digest)), '0'.repeat(64));
}
