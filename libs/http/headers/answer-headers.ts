import type { Response } from 'express';
import { CONSISTENCY_TOKEN } from './request-headers.js';

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
