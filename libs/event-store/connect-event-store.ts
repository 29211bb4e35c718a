import { AccessDeniedError, BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from './client-errors.js';
import { credentialsForOwnCall, withoutPassword } from './connection-string.js';
import { contractsCodec } from './contracts-codec.js';
import { createEventStore } from './create-event-store.js';
import type { EventCodec } from './event-codec.js';
import { EventStoreRefusedError, EventStoreUnreachableError } from './event-store-errors.js';
import type { EventStore } from './event-store.port.js';
import { silentLogger, type EventStoreLogger } from './logger.js';
import { readAllEvents } from './read-events.js';

export interface ConnectOptions {
  /** A connection string of EventStoreDB, e.g. `esdb://127.0.0.1:2113?tls=false`. */
  readonly url: string;
  /** For one attempt of an append; there are four, with the same events. */
  readonly appendTimeoutMs?: number;
  /** How long a read waits for the server's next event. */
  readonly readTimeoutMs?: number;
  /** How long to wait for a server that is still starting. */
  readonly connectTimeoutMs?: number;
  readonly maxInFlightAppends?: number;
  readonly logger?: EventStoreLogger;
  /** Default: the types, schemas and upcasters of event-contracts. */
  readonly codec?: EventCodec;
}

const askAgainMs = 200;

/** Waits until the server has answered once. @throws EventStoreUnreachableError */
export async function connectEventStore(options: ConnectOptions): Promise<EventStore> {
  const client = clientFor(options.url);
  const closing = new AbortController();
  const reader = { client, stallMs: options.readTimeoutMs ?? 10_000, closed: closing.signal };
  const store = createEventStore({
    reader,
    closing,
    timeoutMs: options.appendTimeoutMs ?? 10_000,
    credentials: credentialsForOwnCall(options.url),
    maxInFlight: options.maxInFlightAppends ?? 64,
    logger: options.logger ?? silentLogger,
    codec: options.codec ?? contractsCodec,
  });
  try {
    await firstAnswer(client, options.url, options.connectTimeoutMs ?? 15_000);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function clientFor(url: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    throw new EventStoreUnreachableError(
      `EVENTSTORE_URL "${withoutPassword(url)}" is no connection string of EventStoreDB. ` +
        `It reads like "esdb://127.0.0.1:2113?tls=false" or "esdb+discover://user:password@cluster.example:2113"; ` +
        `leave it unset to use the embedded event store. (${messageOf(error)})`,
    );
  }
}

async function firstAnswer(client: EventStoreDBClient, url: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let lastWords = 'no answer';
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0) throw noAnswer(url, timeoutMs, lastWords);
    try {
      await askOnce(client, left);
      return;
    } catch (error) {
      if (error instanceof EventStoreRefusedError) throw denied(url, error);
      lastWords = messageOf(error);
      await sleep(Math.min(askAgainMs, Math.max(left, 0)));
    }
  }
}

async function askOnce(client: EventStoreDBClient, patienceMs: number): Promise<void> {
  const patience = new AbortController();
  const reader = { client, stallMs: patienceMs, closed: patience.signal };
  const newest = readAllEvents(reader, {
    fromPosition: END,
    direction: BACKWARDS,
    maxCount: 1,
    requiresLeader: false,
  });
  for await (const _ of newest) return;
}

function noAnswer(url: string, timeoutMs: number, lastWords: string): EventStoreUnreachableError {
  return new EventStoreUnreachableError(
    `No event store answered at ${withoutPassword(url)} within ${Math.round(timeoutMs / 1000)} s (${lastWords}). ` +
      `Start it, or correct EVENTSTORE_URL (a server without TLS needs "?tls=false"), ` +
      `or leave EVENTSTORE_URL unset to use the embedded event store.`,
  );
}

function denied(url: string, error: EventStoreRefusedError): EventStoreUnreachableError {
  const reason = error.cause instanceof AccessDeniedError ? 'denies access to the log' : messageOf(error);
  return new EventStoreUnreachableError(
    `The event store at ${withoutPassword(url)} ${reason}. Give EVENTSTORE_URL a user that may read $all ` +
      `and append, e.g. "esdb://user:password@host:2113".`,
    { cause: error },
  );
}
