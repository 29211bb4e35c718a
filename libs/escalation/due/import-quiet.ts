import type { RecordedEvent } from '#libs/event-contracts/index.js';
import { instant, instantOf, MINUTE, type Instant } from '#libs/service-time/index.js';

/** How long nothing more of a history must have come in before it counts as told to its end. */
export const IMPORT_QUIET_MS = 10 * MINUTE;

/** An imported event that had happened just before was no history: the other system tells as it goes. */
const AS_IT_HAPPENS_MS = MINUTE;

/**
 * Until when a complaint is left alone because its history is still being imported; undefined for all others. In the
 * midst of an import every old complaint looks open and late: escalating it would be untrue for good.
 */
export function importedUntil({ recordedAt, metadata }: RecordedEvent): Instant | undefined {
  if (metadata.submittedBy === undefined) return undefined;
  const recorded = instantOf(recordedAt);
  if (recorded - instantOf(metadata.occurredAt) <= AS_IT_HAPPENS_MS) return undefined;
  return instant(recorded + IMPORT_QUIET_MS);
}
