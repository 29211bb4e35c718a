import { STREAM_PREFIXES, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';

export interface Lag {
  /** Events of complaints in the log that are not in the documents. */
  readonly events: number;
  /** Counted up to this many; beyond, estimated by how far apart the positions are. */
  readonly estimated: boolean;
  /** Age of the oldest event that is not in the documents, 0 for none. */
  readonly seconds: number;
}

export const NO_LAG: Lag = { events: 0, estimated: false, seconds: 0 };

const countedAtMost = 1000;

/** Reads at most a thousand events after the position. */
export async function measureLag(
  log: EventStore,
  position: GlobalPosition | null,
  absorbed: number,
  now: Date,
): Promise<Lag> {
  const prefixes = [STREAM_PREFIXES.complaint];
  const head = await log.head(prefixes);
  if (head === undefined || (position !== null && position >= head)) return NO_LAG;
  let counted = 0;
  let oldest: string | undefined;
  let last = position;
  for await (const message of log.readLog({ after: position ?? undefined, until: head, prefixes })) {
    if (message.kind === 'position') continue;
    oldest ??= message.event.recordedAt;
    last = message.event.position;
    counted += 1;
    if (counted >= countedAtMost) break;
  }
  const seconds = oldest === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(oldest)) / 1000);
  if (last === null || last >= head) return { events: counted, estimated: false, seconds };
  const perEvent = distance(position, last) / counted;
  const beyond = perEvent > 0 ? Math.round(distance(last, head) / perEvent) : absorbed;
  return { events: counted + beyond, estimated: true, seconds };
}

/** Of the commit halves: bytes or numbers, as the server counts. */
function distance(from: GlobalPosition | null, to: GlobalPosition): number {
  const commit = (position: GlobalPosition) => Number(position.slice(0, 20));
  return commit(to) - (from === null ? 0 : commit(from));
}
