import { type InvalidCode, type Rejection, invalid } from '../decision/rejection.js';
import { parseInstant } from '../decision/instant.js';

/** An announced moment, which lies after the fact that announces it; undefined when none was given. */
export function laterInstant(
  text: unknown,
  occurredAt: number,
  pointer: string,
  code: InvalidCode,
): number | Rejection | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) {
    return invalid('invalid-instant', pointer, 'Give an ISO 8601 instant with offset, from 1970 on.');
  }
  return instant > occurredAt
    ? instant
    : invalid(code, pointer, 'Give a moment after the one at which this happens.');
}
