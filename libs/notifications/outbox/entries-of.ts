import { v5 as uuidV5 } from 'uuid';
import type { ComplaintEventData, RecordedEvent } from '#libs/event-contracts/index.js';
import type { EscalationNotice } from '../notice.js';
import type { ChannelName, OutboxEntry } from './outbox-entry.js';

/** An escalation recorded longer ago than this is found only by an outbox that was lost and reads the log again. */
export const STALE_AFTER_MS = 24 * 3_600_000;

export type EscalatedEvent = RecordedEvent<'ComplaintEscalated', ComplaintEventData['ComplaintEscalated']>;

/** What the escalation's own event does not say of its complaint. */
export type NoticeContext = Pick<
  EscalationNotice,
  'complaintId' | 'reference' | 'team' | 'timeZone' | 'link'
>;

/** An entry per addressee and channel, so that trying one again does not repeat another. Pure. */
export function entriesOf(
  event: EscalatedEvent,
  context: NoticeContext,
  channels: readonly ChannelName[],
  now: string,
): OutboxEntry[] {
  const { notify, ...data } = event.data;
  const stale = Date.parse(now) - Date.parse(event.recordedAt) > STALE_AFTER_MS;
  return [...new Set(notify)].flatMap((whom) =>
    channels.map((channel) => ({
      _id: uuidV5(`${channel}\u0000${whom}`, event.eventId),
      channel,
      whom,
      notice: { ...context, ...data },
      eventId: event.eventId,
      position: event.position,
      state: stale ? ('stale' as const) : ('waiting' as const),
      attempts: 0,
      nextAttemptAt: now,
      createdAt: now,
      settledAt: stale ? now : null,
      lastFailure: null,
    })),
  );
}
