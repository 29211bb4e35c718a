import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EscalationNotice } from '../notice.js';

export const CHANNELS = ['log', 'smtp', 'webhook'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/**
 * `waiting` until delivered. `parked`: given up, somebody has to look. `stale`: found in the log long after it was
 * recorded, so the outbox was lost and made anew; telling people of it now would only bury what matters.
 */
export type DeliveryState = 'waiting' | 'delivered' | 'parked' | 'stale';

/** One thing to tell one addressee by one channel. */
export interface OutboxEntry {
  /** Of the event, the addressee and the channel: fed twice, it is there once. */
  readonly _id: string;
  readonly channel: ChannelName;
  /** As the policy names whom to tell: `team`, `supervisor`, any text. */
  readonly whom: string;
  readonly notice: EscalationNotice;
  readonly eventId: string;
  readonly position: GlobalPosition;
  readonly state: DeliveryState;
  /** Begun, not necessarily ended: a crash in the middle counts. */
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly createdAt: string;
  readonly settledAt: string | null;
  /** A code of ours or of the protocol, never a server's words. */
  readonly lastFailure: string | null;
}
