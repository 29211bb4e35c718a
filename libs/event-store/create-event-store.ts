import type { Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { setMaxListeners } from 'node:events';
import type { EventMetadata, StreamRevision } from '#libs/event-contracts/index.js';
import { appendBatch, tailRevision } from './append-batch.js';
import { decodeEvent } from './decode-event.js';
import type { EventCodec } from './event-codec.js';
import { EventStoreUnavailableError, WrongExpectedRevisionError } from './event-store-errors.js';
import type { EventStore, LogMessage, StoredEvent } from './event-store.port.js';
import { HeadFinder } from './find-head.js';
import { InFlightLimit } from './in-flight-limit.js';
import { KnownHashes } from './known-hashes.js';
import type { EventStoreLogger } from './logger.js';
import { checkBatch, prepareBatch } from './prepare-batch.js';
import { readLogEvents, type Reader } from './read-events.js';
import { readStreamEvents } from './read-stream.js';
import { isSparse, readSparseLog } from './read-sparse-log.js';
import { followLog, subscribeToLog } from './subscribe-to-log.js';

export interface EventStoreParts {
  readonly reader: Reader;
  /** Aborted by `close`; the reader listens to its signal. */
  readonly closing: AbortController;
  readonly timeoutMs: number;
  readonly credentials: Credentials | undefined;
  readonly maxInFlight: number;
  readonly logger: EventStoreLogger;
  readonly codec: EventCodec;
}

/** As many wait as a burst of an import brings, and no more. */
const waitingAppends = 10_000;
/** The client waits for its calls to end, which on a dead connection takes its time. */
const closePatienceMs = 2_000;

export function createEventStore(parts: EventStoreParts): EventStore {
  const { reader, codec } = parts;
  // Filled by reads alone: to a repeated command the server answers with success for events that another process
  // had sealed, and hashed, differently.
  const known = new KnownHashes();
  const inFlight = new InFlightLimit(parts.maxInFlight, waitingAppends);
  const heads = new HeadFinder(reader);
  const appender = { ...parts, client: reader.client };
  // Every open read listens to it, and there may be many.
  setMaxListeners(0, parts.closing.signal);

  return {
    append: async (streamId, expectedRevision, events) => {
      const checked = checkBatch(events, codec);
      return await inFlight.run(async () => {
        // What still waited when the store was closed was never sent.
        if (reader.closed.aborted) throw new EventStoreUnavailableError('The event store is being closed.');
        const predecessor = await predecessorHash(reader, known, streamId, expectedRevision);
        return await appendBatch(appender, prepareBatch(streamId, expectedRevision, checked, predecessor));
      });
    },
    readStream: async function* (streamId, range) {
      for await (const stored of readStreamEvents(reader, streamId, range)) {
        rememberHash(known, stored);
        yield decodeEvent(stored, codec);
      }
    },
    readStored: (streamId, range) => readStreamEvents(reader, streamId, range),
    readLog: async function* (range): AsyncGenerator<LogMessage> {
      if (isSparse(range)) yield* readSparseLog(reader, codec, range);
      else for await (const stored of readLogEvents(reader, range)) yield decodeEvent(stored, codec);
    },
    subscribe: (range, signal) => subscribeToLog(reader, codec, range, signal),
    follow: (range, signal, deliver) => followLog(reader, codec, range, signal, deliver),
    head: async (prefixes) => (await heads.find(prefixes))?.position,
    newest: (prefixes) => heads.find(prefixes),
    close: async () => {
      if (parts.closing.signal.aborted) return;
      parts.closing.abort();
      await closeClient(reader);
    },
  };
}

/** An append at a revision chains to the event at that revision: usually the last one that was loaded to decide. */
async function predecessorHash(
  reader: Reader,
  known: KnownHashes,
  streamId: string,
  expectedRevision: StreamRevision | 'no-stream',
): Promise<string | null> {
  if (expectedRevision === 'no-stream') return null;
  const remembered = known.get(streamId, expectedRevision);
  if (remembered !== undefined) return remembered;
  const range = { fromRevision: expectedRevision, toRevision: expectedRevision, maxCount: 1 };
  let found: { readonly hash: string | null } | undefined;
  // To the end, although there is one event only: a read that is left early resets its stream, and a server whose client
  // resets many of them in a short time closes the connection.
  for await (const stored of readStreamEvents(reader, streamId, range))
    found = { hash: hashOf(stored) ?? null };
  if (found) return found.hash;
  throw new WrongExpectedRevisionError(streamId, expectedRevision, await tailRevision(reader, streamId));
}

function rememberHash(known: KnownHashes, stored: StoredEvent): void {
  const hash = hashOf(stored);
  if (hash !== undefined) known.remember(stored.streamId, stored.revision, hash);
}

function hashOf({ metadata }: StoredEvent): string | undefined {
  const hash = (metadata as Partial<EventMetadata> | undefined)?.hash;
  return typeof hash === 'string' ? hash : undefined;
}

async function closeClient({ client }: Reader): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, closePatienceMs);
  });
  await Promise.race([client.dispose(), patience]);
  await Promise.race([closeChannel(client), patience]);
  clearTimeout(timer);
}

/** The client ends its calls but keeps the channel, whose attempts to reconnect would hold the process open. */
async function closeChannel(client: EventStoreDBClient): Promise<void> {
  const { getChannel } = client as unknown as { getChannel: () => Promise<{ close(): void }> };
  (await getChannel()).close();
}
