import type { Request } from 'express';
import { readJson } from '../input/json-text.js';
import { ProblemError } from '../problem/problem-error.js';

/** The bytes of a whole body, as the raw parser left them, become what they say. @throws ProblemError */
export function parseJsonBody(request: Request): void {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes)) return;
  refuseOtherCharsets(request.headers['content-type'] ?? '');
  const value = bytes.length === 0 ? {} : readJson(bytes, 'body');
  if (typeof value !== 'object' || value === null) {
    throw new ProblemError('malformed-json', { detail: 'The body cannot be parsed as a JSON object.' });
  }
  request.body = value;
}

function refuseOtherCharsets(contentType: string): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType)?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw new ProblemError('unsupported-media-type', {
    detail: 'The character set is not read here; use UTF-8.',
  });
}
