/** About eight hours in all: an outage over night in a small office is over by then, or somebody has to look. */
export const MOST_ATTEMPTS = 30;

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30 * 60_000;

/**
 * How long to wait after an attempt, counted from 1: doubling, with jitter so that what failed together does not come
 * back together.
 * @param random from 0 to below 1
 */
export function waitAfter(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 30));
  return Math.round(longest * (0.5 + random / 2));
}
