import {
  ANY,
  EventStoreDBClient,
  jsonEvent,
  type AllStreamSubscription,
  type AppendExpectedRevision,
  type EventData,
  type ResolvedEvent,
  type StreamSubscription,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

/** What a topic of the suite works with: a client, and names that no other test uses, since a log cannot be emptied. */
export interface EventStoreUnderTest {
  readonly url: () => string;
  readonly client: () => EventStoreDBClient;
}

export const anyStream = (kind = 'stream'): string => `contract${kind}-${randomUUID()}`;

/** With credentials the client appends by `Append`, without by `BatchAppend`. */
export const ways = [
  ['batch append', {}],
  ['append', { credentials: { username: 'admin', password: 'changeit' } }],
] as const;

export const event = (n: number, id: string = randomUUID(), type = 'Numbered'): EventData =>
  jsonEvent({ type, id, data: { n } });

export const events = (count: number, type?: string): EventData[] =>
  Array.from({ length: count }, (_, n) => event(n, randomUUID(), type));

export async function appended(
  client: EventStoreDBClient,
  stream: string,
  count: number,
  expectedRevision: AppendExpectedRevision = ANY,
): Promise<EventData[]> {
  const written = events(count);
  await client.appendToStream(stream, written, { expectedRevision });
  return written;
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

export const revisions = (read: readonly ResolvedEvent[]): number[] =>
  read.map(({ event: e }) => Number(e!.revision));

/** The first `count` events of a subscription, which is then ended. */
export async function take<T>(
  subscription: (AllStreamSubscription | StreamSubscription) & AsyncIterable<T>,
  count: number,
): Promise<T[]> {
  const taken: T[] = [];
  if (count === 0) return taken;
  for await (const item of subscription) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

export async function errorOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  return promise.then(
    () => {
      throw new Error('It should have failed.');
    },
    (error: unknown) => error as Error & Record<string, unknown>,
  );
}
