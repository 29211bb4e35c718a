import type { RecordedEvent } from '#libs/event-contracts/index.js';
import type { UndecodableEvent } from '#libs/event-store/event-store.port.js';

/** An event as the log delivers it, read or unreadable. */
export type DeliveredEvent =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'undecodable'; readonly event: UndecodableEvent };

export interface Arrival {
  readonly message: DeliveredEvent;
  /** Whose event it is; undefined for one of the context. Told once for all lanes. */
  readonly complaintId: string | undefined;
}
