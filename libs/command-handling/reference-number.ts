import { createHash } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that a number survives being read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

const PRINTED = /^C?([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})$/;

/**
 * The reference number that somebody typed, as it is printed; undefined for what is none. Case, blanks, dashes and the
 * `C` in front do not count, and what looks like a digit is one (Crockford's rule; in Turkish, i and ı look so, too).
 */
export function readReferenceNumber(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[ILİ]/g, '1');
  const groups = PRINTED.exec(plain)?.slice(1);
  return groups && `C-${groups.join('-')}`;
}

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
