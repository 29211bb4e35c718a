import type { ChannelName, OutboxEntry } from '../outbox/outbox-entry.js';

/** A way to reach people. Delivered at least once: the id lets receivers notice a repetition. */
export interface NotificationChannel {
  readonly name: ChannelName;
  /** @throws DeliveryError */
  send(entry: OutboxEntry): Promise<void>;
  close(): Promise<void>;
}

/** `failure` is a short code: what servers say may hold anything. `hopeless`: no later attempt would fare better. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly logSafe = true;
  constructor(
    readonly failure: string,
    readonly hopeless = false,
  ) {
    super(`The notification was not delivered: ${failure}`);
  }
}

const CODE = /^[\w-]{1,40}$/;

/** The code of whatever went wrong. */
export function failureOf(error: unknown): string {
  if (error instanceof DeliveryError) return error.failure;
  const { code, name, cause } = error as { code?: unknown; name?: unknown; cause?: unknown };
  if (typeof code === 'string' && CODE.test(code)) return code;
  // `fetch` wraps what happened.
  if (typeof cause === 'object' && cause !== null) return failureOf(cause);
  return typeof name === 'string' && CODE.test(name) ? name : 'unknown';
}
