import type { Request } from 'express';
import { ProblemError } from '../problem/problem-error.js';

/** A route that reads its body itself, as a stream: no limit, no parsing. */
export interface RawBodyRoute {
  /** Whole path, e.g. `/api/v1/import`. */
  readonly path: string;
  readonly types: readonly string[];
}

export const LARGEST_BODY = 1024 * 1024;

/** The parser reads a body that is too large to its end, so that the sender gets to the answer. From here on it does not. */
const NOT_EVEN_DRAINED = 16 * LARGEST_BODY;

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

export function mediaType(request: Pick<Request, 'headers'>): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether what is left of the body after a refusal may be read only to be thrown away. */
export function isWorthDraining({ headers }: Pick<Request, 'headers'>): boolean {
  return (
    headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= NOT_EVEN_DRAINED
  );
}

/** A body of a kind that its route does not read would otherwise look like an empty one. @throws ProblemError */
export function refuseWrongBody(request: Request, rawRoutes: readonly RawBodyRoute[]): void {
  if (!hasBody(request)) return;
  const path = request.path.replace(/\/$/, '').toLowerCase();
  const raw = rawRoutes.find((route) => route.path === path);
  const allowed = raw?.types ?? ['application/json'];
  if (!raw && Number(request.headers['content-length'] ?? 0) > NOT_EVEN_DRAINED) {
    throw new ProblemError('payload-too-large', { detail: 'The body has more than 1 MiB.' });
  }
  if (!allowed.includes(mediaType(request))) {
    throw new ProblemError('unsupported-media-type', {
      detail: `The Content-Type must be ${allowed.join(' or ')}.`,
    });
  }
}
