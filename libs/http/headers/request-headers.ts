import { isUtf8 } from 'node:buffer';
import { ProblemError } from '../problem/problem-error.js';

export const IDEMPOTENCY_KEY = 'Idempotency-Key';
export const IF_MATCH = 'If-Match';
export const CONSISTENCY_TOKEN = 'Consistency-Token';

function refuse(header: string, detail: string): never {
  throw new ProblemError('invalid-header', { detail, extensions: { header } });
}

/** 1 to 200 characters; an empty one is a fault of the caller and not the same as none. */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = asUtf8(header);
  if (!/^[^\p{Cc}]{1,200}$/u.test(key))
    refuse(IDEMPOTENCY_KEY, 'Idempotency-Key must have 1 to 200 printable characters.');
  return key;
}

/** The server reads each byte of a header as one character; callers write UTF-8 where they write more than ASCII. */
function asUtf8(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}

const REVISION = /^"(0|[1-9]\d{0,14})"$/;

/** A stream revision in quotes, as the `ETag` of an earlier answer gave it. */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const revision = REVISION.exec(header.trim())?.[1];
  if (revision === undefined) refuse(IF_MATCH, ifMatchDetail(header.trim()));
  return Number(revision);
}

function ifMatchDetail(header: string): string {
  if (header === '*')
    return 'If-Match must name one revision; "*" would match any. Leave the header out instead.';
  if (header.startsWith('W/'))
    return 'If-Match needs a strong revision, such as "3"; weak ones (W/) never match.';
  if (header.includes(',')) return 'If-Match must name exactly one revision.';
  return 'If-Match must be a revision in double quotes, such as "3".';
}

/** A position of the log, as an answer to a command gave it. */
export function readConsistencyToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (!/^\d{20}-\d{20}$/.test(header)) {
    refuse(CONSISTENCY_TOKEN, 'Consistency-Token must be the value of that header in an earlier answer.');
  }
  return header;
}
