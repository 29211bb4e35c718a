import type { CycleFact } from '../facts.js';

/**
 * Without the result that was accepted in the end, and not withdrawn, at a moment. A result that nobody has checked yet,
 * or that was rejected later, ends nothing. One meaning for all reports, so that their figures of what is open agree.
 */
export function isOpenAt({ startedAt, resolvedAt, withdrawnAt }: CycleFact, at: string): boolean {
  return startedAt < at && !isBefore(withdrawnAt, at) && !isBefore(resolvedAt, at);
}

/** Open, with a result that was still to be checked at the moment. */
export function isAwaitingApprovalAt({ facts }: CycleFact, at: string): boolean {
  const moment = Date.parse(at);
  return facts.resolutions.some(
    (result) => result.at < moment && (result.decided === undefined || result.decided.at >= moment),
  );
}

/** Open at a moment and past due by then. */
export function isOpenLateAt(cycle: CycleFact, due: string | null, at: string): boolean {
  if (due === null || due >= at || !isOpenAt(cycle, at)) return false;
  // A result that nobody has accepted or rejected yet holds the clock; if it was entered in time, it is not late.
  const last = cycle.facts.resolutions.at(-1);
  const pending = last?.verdict === 'pending' ? new Date(last.at).toISOString() : null;
  return !(isBefore(pending, at) && pending <= due);
}

/** Which team had it, or whose result is checked, at a moment; null is call management before routing. */
export function teamAt({ stays }: CycleFact, at: string): string | null {
  return stays.findLast(({ from }) => from < at)?.team ?? null;
}

function isBefore(moment: string | null, at: string): moment is string {
  return moment !== null && moment < at;
}
