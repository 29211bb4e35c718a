import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { DeliveryState, OutboxEntry } from './outbox-entry.js';

export type OutboxCounts = Readonly<Record<Exclude<DeliveryState, 'delivered'>, number>>;

/** Where notifications wait until they are delivered. Instants are ISO 8601 UTC. */
export interface Outbox {
  prepare(): Promise<void>;
  /** What is there under the same id stays as it is. */
  add(entries: readonly OutboxEntry[]): Promise<void>;
  /** Up to where the log has been read. */
  position(): Promise<GlobalPosition | undefined>;
  /** Never goes backwards. */
  advance(position: GlobalPosition): Promise<void>;
  /** Waiting entries whose next attempt is due, earliest first. */
  due(now: string, limit: number): Promise<readonly OutboxEntry[]>;
  /** Counts the attempt before it is made. False when somebody else has begun it. */
  begin(entry: OutboxEntry, nextAttemptAt: string): Promise<boolean>;
  delivered(id: string, at: string): Promise<void>;
  failed(id: string, failure: string): Promise<void>;
  park(id: string, at: string, failure: string): Promise<void>;
  /** Parked and stale entries, in the order of ids. */
  unsettled(limit: number, after?: string): Promise<readonly OutboxEntry[]>;
  /** A parked or stale entry waits again, with all its attempts. False when it is neither. */
  retry(id: string, now: string): Promise<boolean>;
  counts(): Promise<OutboxCounts>;
  /** Removes what was delivered before. */
  prune(deliveredBefore: string): Promise<void>;
}
