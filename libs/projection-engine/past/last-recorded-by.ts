import { complaintStream, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';

/** A complaint that had been received about then, if one is known: only where the search begins depends on it. */
export type KnownComplaint = string | undefined;

/**
 * Position of the last event under the prefixes that had been recorded by a moment; null when there was none yet.
 * A log can only be walked: from its beginning, or from a complaint's first event, if that had been recorded by then.
 */
export async function lastRecordedBy(
  log: EventStore,
  prefixes: readonly string[],
  asOf: string,
  near: KnownComplaint,
): Promise<GlobalPosition | null> {
  let last = near === undefined ? undefined : await firstEventBy(log, near, asOf);
  for await (const message of log.readLog({ prefixes, after: last })) {
    if (message.kind === 'position') continue;
    if (message.event.recordedAt > asOf) break;
    last = message.event.position;
  }
  return last ?? null;
}

async function firstEventBy(log: EventStore, complaintId: string, asOf: string) {
  let first: GlobalPosition | undefined;
  for await (const message of log.readStream(complaintStream(complaintId), { maxCount: 1 })) {
    if (message.kind !== 'position' && message.event.recordedAt <= asOf) first ??= message.event.position;
  }
  return first;
}
