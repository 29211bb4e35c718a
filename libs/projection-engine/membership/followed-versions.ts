import type { MemberRecord } from './member-record.js';

/** A projector looks at the log's head every second. */
export const headUnseenMs = 30_000;

/**
 * Versions (`name:vN`) that some process keeps up with the log, by when each last saw the log's head. From records alone, so
 * that any process can ask; to within the clocks of two machines.
 */
export function followedVersions(
  members: readonly Pick<MemberRecord, 'runs' | 'headSeenAt'>[],
  now: number,
): ReadonlySet<string> {
  return new Set(
    members
      .filter(({ headSeenAt }) => headSeenAt !== null && now - Date.parse(headSeenAt) <= headUnseenMs)
      .flatMap(({ runs }) => runs),
  );
}
