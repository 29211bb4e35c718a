import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { eventHash } from '#libs/event-contracts/index.js';
import { contractsCodec, type EventToAppend } from '#libs/event-store/index.js';
import { ComplaintLives } from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';

const TELLERS = 256;
/** As many events as a command makes at most. */
const MOST_AT_ONCE = 3;

/**
 * Histories as the product writes them, hash by hash, but faster than it may: appends share one call of the client's
 * (the product does not take the risk of P-20), and nobody reads a predecessor that was written a moment ago.
 * @returns how many events were written: `count`, or a few more
 */
export async function fillLog(url: string, count: number, sideBySide: number): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  let written = 0;
  const teller = async (_: unknown, index: number): Promise<void> => {
    const random = seededRandom(index + 1);
    const lives = new ComplaintLives(random, Math.ceil(sideBySide / TELLERS), `fill-${index}`);
    const lastHashes = new Map<string, string>();
    while (written < count) {
      const { streamId, expected, events } = lives.next(1 + Math.floor(random() * MOST_AT_ONCE));
      written += events.length;
      const first = expected === 'no-stream' ? 0 : expected + 1;
      const chained = chain(streamId, first, events, lastHashes.get(streamId) ?? null);
      lastHashes.set(streamId, chained.lastHash);
      const expectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
      await client.appendToStream(streamId, chained.events, { expectedRevision });
    }
  };
  try {
    await Promise.all(Array.from({ length: TELLERS }, teller));
  } finally {
    await client.dispose();
  }
  return written;
}

function chain(
  streamId: string,
  first: number,
  events: readonly EventToAppend[],
  predecessor: string | null,
) {
  let lastHash = predecessor;
  const chained = events.map(({ eventId, type, data, context }, index) => {
    const schemaVersion = contractsCodec.newestVersion(type);
    if (schemaVersion === undefined) throw new Error(`${type} is no event type of this release.`);
    const unhashed = { ...context, schemaVersion, previousHash: lastHash };
    const revision = first + index;
    lastHash = eventHash({ streamId, revision, eventId, type, data, metadata: unhashed });
    const metadata = { ...unhashed, hash: lastHash };
    return jsonEvent({ id: eventId, type, data: data as Record<string, unknown>, metadata });
  });
  return { events: chained, lastHash: lastHash ?? '' };
}
