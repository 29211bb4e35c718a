import { DeliveryError, failureOf, type NotificationChannel } from '../channels/channel.port.js';
import type { OutboxEntry } from '../outbox/outbox-entry.js';
import type { Outbox } from '../outbox/outbox.port.js';
import { MOST_ATTEMPTS, waitAfter } from './retry-plan.js';

export type DeliveryResult = 'delivered' | 'failed' | 'parked';

export interface DeliveryParts {
  readonly outbox: Outbox;
  readonly channels: readonly NotificationChannel[];
  /** Milliseconds since the epoch. */
  readonly now: (this: void) => number;
  readonly onResult: (this: void, entry: OutboxEntry, result: DeliveryResult, failure?: string) => void;
  readonly mostAttempts?: number;
  readonly waitAfter?: (this: void, attempt: number, random: number) => number;
}

const PAGE = 50;
const CONCURRENCY = 4;

/** Tries everything whose time has come, once. Returns how many were tried. */
export async function deliverDue(parts: DeliveryParts, signal: AbortSignal): Promise<number> {
  const entries = await parts.outbox.due(iso(parts.now()), PAGE);
  const rest = entries[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const entry of rest) {
      if (signal.aborted) return;
      await deliver(parts, entry);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return entries.length;
}

async function deliver(parts: DeliveryParts, entry: OutboxEntry): Promise<void> {
  const { outbox, channels, now, onResult } = parts;
  const attempt = entry.attempts + 1;
  const wait = (parts.waitAfter ?? waitAfter)(attempt, Math.random());
  // Counted and put off first: neither a crash nor a slow server can make an attempt happen over and over.
  if (!(await outbox.begin(entry, iso(now() + wait)))) return;
  try {
    const channel = channels.find(({ name }) => name === entry.channel);
    if (channel === undefined) throw new DeliveryError('channel-not-set-up', true);
    await channel.send(entry);
  } catch (error) {
    const failure = failureOf(error);
    const hopeless = error instanceof DeliveryError && error.hopeless;
    if (hopeless || attempt >= (parts.mostAttempts ?? MOST_ATTEMPTS)) {
      await outbox.park(entry._id, iso(now()), failure);
      onResult(entry, 'parked', failure);
    } else {
      await outbox.failed(entry._id, failure);
      onResult(entry, 'failed', failure);
    }
    return;
  }
  await outbox.delivered(entry._id, iso(now()));
  onResult(entry, 'delivered');
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
