import { createHash } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that a number survives being read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/**
 * The reference that the customer is told: 60 bits of a digest of the complaint's id. Not guessable (the id's random
 * bits are in it), and the same whoever derives it. Two among a million complaints meet with a chance of one in two million.
 */
export function referenceNumberOf(complaintId: string): string {
  const digest = createHash('sha256').update(`reference:${complaintId}`).digest();
  let text = '';
  for (let index = 0; index < LENGTH; index += 1) text += ALPHABET.charAt((digest[index] ?? 0) & 31);
  return `C-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
