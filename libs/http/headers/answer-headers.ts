import type { Response } from 'express';
import { CONSISTENCY_TOKEN } from './request-headers.js';

/** The same, for the description of the interface. */
export const REVISION_HEADERS = {
  ETag: { description: 'The revision, for If-Match', schema: { type: 'string', example: '"3"' } },
  [CONSISTENCY_TOKEN]: {
    description: 'Send it to a query that has to see this',
    schema: { type: 'string', pattern: '^\\d{20}-\\d{20}$' },
  },
} as const;

export const LOCATION_HEADER = {
  Location: { description: 'Path of what was created', schema: { type: 'string' } },
} as const;

export interface AnswerHeaders {
  readonly revision?: number;
  readonly position?: string;
  /** Path of what was created. */
  readonly location?: string;
}

/** What an answer says about itself: `ETag: "<revision>"`, `Consistency-Token` and, for something new, `Location`. */
export function setAnswerHeaders(response: Response, { revision, position, location }: AnswerHeaders): void {
  if (revision !== undefined) response.setHeader('ETag', `"${revision}"`);
  if (position !== undefined) response.setHeader(CONSISTENCY_TOKEN, position);
  if (location !== undefined) response.setHeader('Location', location);
}
