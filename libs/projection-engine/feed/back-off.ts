import { setTimeout as sleep } from 'node:timers/promises';

/** Doubling with full jitter, so that processes which failed together do not come back together. */
export function backOffMs(failures: number, random: number, base = 100, longest = 10_000): number {
  return Math.round(Math.min(longest, base * 2 ** Math.min(failures, 20)) * (0.5 + random / 2));
}

/** Returns early, without an error, when the signal comes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
