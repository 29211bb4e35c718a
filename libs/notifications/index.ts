/** Telling people of escalations: an outbox fed from the log, delivered at least once. */
export type { EscalationNotice } from './notice.js';
export { CHANNELS, type ChannelName, type DeliveryState, type OutboxEntry } from './outbox/outbox-entry.js';
export type { Outbox, OutboxCounts } from './outbox/outbox.port.js';
export { entriesOf, STALE_AFTER_MS, type EscalatedEvent, type NoticeContext } from './outbox/entries-of.js';
export { feedOutbox, type FeedParts } from './outbox/feed-outbox.js';
export { deliverDue, type DeliveryParts, type DeliveryResult } from './delivery/deliver-due.js';
export { MOST_ATTEMPTS, waitAfter } from './delivery/retry-plan.js';
export { DeliveryError, failureOf, type NotificationChannel } from './channels/channel.port.js';
export { logChannel, type NoticeLog } from './channels/log.channel.js';
export { smtpChannel, type SmtpSettings } from './channels/smtp.channel.js';
export { webhookChannel, type WebhookSettings } from './channels/webhook.channel.js';
export { webhookHeaders, type SignedMessage } from './channels/webhook-signature.js';
export { openChannels } from './open-channels.js';
