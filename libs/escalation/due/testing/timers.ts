import type { DueTimer, DueTimers } from '../due-timers.port.js';

export function timer(complaintId: string, version = 'p1', at = '2026-03-02T11:59:59.000Z'): DueTimer {
  return { complaintId, version, at };
}

/** Timers as an index holds them. */
export function timersOf(rows: DueTimer[]): DueTimers {
  const key = ({ at, complaintId }: { at: string; complaintId: string }): string => `${at} ${complaintId}`;
  return {
    page: (before, limit, after) =>
      Promise.resolve(
        rows
          .filter((row) => row.at < before && (after === undefined || key(row) > key(after)))
          .sort((a, b) => (key(a) < key(b) ? -1 : 1))
          .slice(0, limit),
      ),
  };
}
