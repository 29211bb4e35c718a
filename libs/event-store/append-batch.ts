import {
  NO_STREAM,
  WrongExpectedVersionError,
  type AppendResult,
  type Credentials,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, messageOf, translate } from './client-errors.js';
import {
  AppendOutcomeUnknownError,
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
} from './event-store-errors.js';
import type { Appended } from './event-store.port.js';
import type { EventStoreLogger } from './logger.js';
import { formatPosition } from './position.js';
import type { PreparedBatch } from './prepare-batch.js';
import type { Reader } from './read-events.js';
import { readStreamEvents } from './read-stream.js';

export interface Appender {
  readonly client: EventStoreDBClient;
  readonly reader: Reader;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly credentials: Credentials | undefined;
  readonly logger: EventStoreLogger;
}

const attempts = 4;
const firstPauseMs = 50;

/**
 * Repeats the identical batch with the original revision until the server has answered: it recognises events that
 * it has already written by their ids (P-16, P-21).
 */
export async function appendBatch(appender: Appender, batch: PreparedBatch): Promise<Appended> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const result = await attemptAppend(appender, batch);
      return await confirm(appender, batch, result);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return await resolveConflict(appender, batch);
      if (isFinal(error)) throw translate(error, `Appending to ${batch.streamId}`);
      if (appender.reader.closed.aborted) throw new AppendOutcomeUnknownError(batch.streamId, attempt, error);
      lastError = error;
      appender.logger.warn(
        { streamId: batch.streamId, attempt, reason: messageOf(error) },
        'An append got no answer and is repeated',
      );
      if (attempt < attempts) await sleep(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
    }
  }
  throw new AppendOutcomeUnknownError(batch.streamId, attempts, lastError);
}

async function attemptAppend(appender: Appender, batch: PreparedBatch): Promise<AppendResult> {
  const { client, credentials, timeoutMs } = appender;
  const answer = client.appendToStream(batch.streamId, [...batch.events], {
    expectedRevision: batch.expectedRevision === 'no-stream' ? NO_STREAM : BigInt(batch.expectedRevision),
    requiresLeader: true,
    deadline: timeoutMs,
    ...(credentials && { credentials }),
  });
  // The client's own deadline does not hold on a connection that has gone silent (P-21).
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EventStoreUnavailableError(`no answer in ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}

async function confirm(appender: Appender, batch: PreparedBatch, result: AppendResult): Promise<Appended> {
  // To a repetition servers may answer without a position: the events themselves know it.
  if (result.position && result.nextExpectedRevision === BigInt(batch.lastRevision)) {
    return { revision: batch.lastRevision, position: formatPosition(result.position) };
  }
  return await resolveConflict(appender, batch);
}

/** A conflict with our own earlier attempt is a success: the log is asked, event by event, before failing (P-17). */
async function resolveConflict(appender: Appender, batch: PreparedBatch): Promise<Appended> {
  const fromRevision = batch.expectedRevision === 'no-stream' ? 0 : batch.expectedRevision + 1;
  const written = [];
  for await (const event of readStreamEvents(appender.reader, batch.streamId, {
    fromRevision,
    toRevision: batch.lastRevision,
    maxCount: batch.events.length,
  })) {
    written.push(event);
  }
  const last = written.at(-1);
  const isOurs = written.length === batch.eventIds.length;
  if (last && isOurs && written.every((event, index) => event.eventId === batch.eventIds[index])) {
    return { revision: last.revision, position: last.position };
  }
  throw new WrongExpectedRevisionError(
    batch.streamId,
    batch.expectedRevision,
    await tailRevision(appender.reader, batch.streamId),
  );
}

export async function tailRevision(reader: Reader, streamId: string): Promise<number | 'no-stream'> {
  const tail = readStreamEvents(reader, streamId, { direction: 'backwards', maxCount: 1 });
  for await (const event of tail) return event.revision;
  return 'no-stream';
}
