import { DeliveryError, type NotificationChannel } from './channel.port.js';
import { webhookHeaders } from './webhook-signature.js';

export interface WebhookSettings {
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
}

const TIMEOUT_MS = 10_000;

/** Delivered is a 2xx answer. Everything else is tried again: receivers get repaired. A redirection is not followed. */
export function webhookChannel({ url, secret }: WebhookSettings): NotificationChannel {
  return {
    name: 'webhook',
    send: async ({ _id, whom, notice, createdAt }) => {
      const body = JSON.stringify({
        type: 'complaint.escalated',
        timestamp: createdAt,
        data: { whom, ...notice },
      });
      const timestamp = Math.floor(Date.now() / 1000);
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'complaint-ledger',
          ...webhookHeaders({ id: _id, timestamp, body }, secret),
        },
      });
      await response.body?.cancel();
      if (!response.ok) throw new DeliveryError(`http-${response.status}`);
    },
    close: () => Promise.resolve(),
  };
}
