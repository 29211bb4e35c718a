import type { CycleFact } from '../facts.js';

/** Still to be resolved at a moment, and past due by then. */
export function isOpenLateAt(cycle: CycleFact, due: string | null, at: string): boolean {
  if (due === null || due >= at || cycle.startedAt >= at) return false;
  if (isBefore(cycle.withdrawnAt, at) || isBefore(cycle.resolvedAt, at)) return false;
  // A result that nobody has accepted or rejected yet holds the clock; if it was entered in time, it is not late.
  const last = cycle.facts.resolutions.at(-1);
  const pending = last?.verdict === 'pending' ? new Date(last.at).toISOString() : null;
  return !(isBefore(pending, at) && pending <= due);
}

function isBefore(moment: string | null, at: string): moment is string {
  return moment !== null && moment < at;
}
