import type { ProposedEvent } from '../storage/append-decision.js';

/** EventStoreDB's default `MaxAppendSize`; counted as the server counts it, with types as UTF-16. */
export const maxAppendSize = 1024 * 1024;

/** Largest message read from the wire: above the append limit, so that an append beyond it still gets its typed answer. */
export const maxMessageSize = 17 * 1024 * 1024;

/** Bytes that may be on their way to a call. HTTP/2's own 64 KiB make a client that sends large batches wait after each. */
export const receiveWindow = 1024 * 1024;

export const sizeOf = (event: ProposedEvent): number =>
  event.data.length + event.metadata.length + 2 * event.type.length;
