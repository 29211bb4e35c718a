import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 5;
const LONGEST_MS = 500;

/** Grows with each attempt, with jitter, so that rivals for one stream come apart. */
export async function backOff(attempt: number): Promise<void> {
  await sleep(Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + Math.random()));
}
