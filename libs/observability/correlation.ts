import { AsyncLocalStorage } from 'node:async_hooks';
import { v7 as uuidv7 } from 'uuid';

export const CORRELATION_HEADER = 'X-Correlation-Id';

const storage = new AsyncLocalStorage<string>();

/** The id that ties together a request, its log lines and the events it led to; undefined outside of any. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore();
}

export function withCorrelationId<T>(id: string, run: () => T): T {
  return storage.run(id, run);
}

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;

/**
 * The caller's own id where it is usable, else the trace id of W3C trace context, else a new one. An unusable id is
 * replaced rather than refused: it is an aid for support, no reason to lose a complaint.
 */
export function correlationIdFrom(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const own = headers['x-correlation-id'];
  if (typeof own === 'string' && PRINTABLE.test(own)) return own;
  const parent = headers['traceparent'];
  const traceId = typeof parent === 'string' ? TRACE_PARENT.exec(parent)?.[1] : undefined;
  return traceId ?? uuidv7();
}
