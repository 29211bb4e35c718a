import { randomUUID } from 'node:crypto';
import { binaryEvent, EventStoreDBClient, jsonEvent, type JSONEventType } from '@eventstore/db-client';

/** What no part of the product would write; `bytes` instead of `data` makes it no JSON at all. */
export interface RawEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly bytes?: Uint8Array;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The log as any other client of the server reaches it: past every check of the product. */
export interface RawLog {
  append(streamId: string, event: RawEvent): Promise<void>;
  close(): Promise<void>;
}

export function openRawLog(url: string): RawLog {
  const client = EventStoreDBClient.connectionString(url);
  return {
    append: async (streamId, event) => {
      await client.appendToStream(streamId, eventOf(event));
    },
    close: () => client.dispose(),
  };
}

function eventOf({ type, data, bytes, metadata }: RawEvent) {
  const envelope = { id: randomUUID(), type, metadata: metadata ?? rawMetadata() };
  if (bytes) return binaryEvent({ ...envelope, data: bytes });
  return jsonEvent<JSONEventType>({ ...envelope, data: data as JSONEventType['data'] });
}

/** As the product writes it, but for the changes. */
export function rawMetadata(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schemaVersion: 1,
    occurredAt: '2026-03-02T08:15:00.000Z',
    actor: { sub: 'ayse', name: 'Ayşe', role: 'agent' },
    commandId: randomUUID(),
    $correlationId: 'raw',
    $causationId: 'raw',
    hash: 'raw',
    previousHash: null,
    ...changes,
  };
}
