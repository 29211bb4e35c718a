import { instantOf, toIso } from '#libs/service-time/index.js';
import { wrongParameter } from './query-problems.js';

/** As instants stand in the read models: UTC with milliseconds, so that they compare as text. */
export function stored(instant: string): string;
export function stored(instant: string | undefined): string | undefined;
export function stored(instant: string | undefined): string | undefined {
  return instant === undefined ? undefined : toIso(instantOf(instant));
}

/** @throws ProblemError when the period is empty */
export function refuseEmptyPeriod(from: string | undefined, to: string | undefined): void {
  if (from !== undefined && to !== undefined && from >= to) {
    throw wrongParameter('/from', 'from must lie before to; periods include from and exclude to.');
  }
}
