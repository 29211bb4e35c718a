import { createHmac } from 'node:crypto';

export const SECRET_PREFIX = 'whsec_';

export interface SignedMessage {
  readonly id: string;
  /** Seconds since the epoch: receivers refuse what is too old, so that nobody can replay it. */
  readonly timestamp: number;
  readonly body: string;
}

/** HMAC-SHA-256 over id, timestamp and body, as the Standard Webhooks specification has it; receivers have libraries. */
export function webhookHeaders(message: SignedMessage, secret: string): Record<string, string> {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signed = `${message.id}.${message.timestamp}.${message.body}`;
  const signature = createHmac('sha256', key).update(signed, 'utf8').digest('base64');
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
