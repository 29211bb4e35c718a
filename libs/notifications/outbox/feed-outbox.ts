import {
  complaintIdOf,
  STREAM_PREFIXES,
  type GlobalPosition,
  type RecordedEvent,
} from '#libs/event-contracts/index.js';
import type { EventStore, UndecodableEvent } from '#libs/event-store/index.js';
import { entriesOf, type EscalatedEvent, type NoticeContext } from './entries-of.js';
import type { ChannelName } from './outbox-entry.js';
import type { Outbox } from './outbox.port.js';

export interface FeedParts {
  readonly log: Pick<EventStore, 'readLog'>;
  readonly outbox: Outbox;
  readonly channels: readonly ChannelName[];
  /** The complaint as it was at the event's place. */
  readonly contextOf: (this: void, complaintId: string, event: EscalatedEvent) => Promise<NoticeContext>;
  /** ISO 8601 UTC. */
  readonly now: (this: void) => string;
  /** An escalation that cannot be read cannot be told of, and holds up nobody else's. */
  readonly onUnreadable: (this: void, event: UndecodableEvent) => void;
}

/** Read again at most that many events after a crash; entries themselves are never made twice. */
const SAVE_EVERY = 1000;

/**
 * Takes what was appended since the last time from the log into the outbox. The log is what makes a notification
 * certain: whoever dies between the append and this, or in the midst of it, has lost nothing.
 */
export async function feedOutbox(parts: FeedParts, signal: AbortSignal): Promise<void> {
  const { outbox, log } = parts;
  const after = await outbox.position();
  let reached: GlobalPosition | undefined;
  let unsaved = 0;
  const save = async (): Promise<void> => {
    if (reached !== undefined) await outbox.advance(reached);
    unsaved = 0;
  };
  const range = { prefixes: [STREAM_PREFIXES.complaint], ...(after === undefined ? {} : { after }) };
  for await (const message of log.readLog(range)) {
    if (signal.aborted) break;
    if (message.kind === 'event' && isEscalation(message.event)) await take(parts, message.event);
    if (message.kind === 'undecodable' && message.event.type === 'ComplaintEscalated') {
      parts.onUnreadable(message.event);
    }
    reached = message.kind === 'position' ? message.position : message.event.position;
    unsaved += 1;
    if (unsaved >= SAVE_EVERY) await save();
  }
  if (unsaved > 0) await save();
}

function isEscalation(event: RecordedEvent): event is EscalatedEvent {
  return event.type === 'ComplaintEscalated';
}

async function take({ outbox, contextOf, channels, now }: FeedParts, event: EscalatedEvent): Promise<void> {
  const complaintId = complaintIdOf(event.streamId);
  if (complaintId === undefined) return;
  await outbox.add(entriesOf(event, await contextOf(complaintId, event), channels, now()));
}
