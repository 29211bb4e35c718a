import { ANY, EventStoreDBClient, jsonEvent, type EventData } from '@eventstore/db-client';
import type { Random } from './random.js';

/** One append as it was sent, and what the engine said to it, if it could. */
export interface Attempt {
  readonly stream: string;
  readonly expected: bigint | 'any';
  readonly events: readonly EventData[];
  acknowledged?: { readonly lastRevision: number; readonly position: bigint };
}

const writerCount = 16;

/** Appends to streams of their own and to shared ones, until the engine is gone. */
export async function writeUntilGone(
  url: string,
  random: Random,
  attempts: Attempt[],
  isGone: () => boolean,
): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const writers = Array.from({ length: writerCount }, (_, writer) =>
    writeOn(client, `life${random.between(0, 1e9)}-${writer}`, random, attempts, isGone),
  );
  await Promise.all(writers);
  await client.dispose();
}

async function writeOn(
  client: EventStoreDBClient,
  own: string,
  random: Random,
  attempts: Attempt[],
  isGone: () => boolean,
): Promise<void> {
  let revision = -1n;
  while (!isGone()) {
    const shared = random.next() < 0.3;
    const events = Array.from({ length: random.between(1, 12) }, () => randomEvent(random));
    const attempt: Attempt = {
      stream: shared ? `shared-${random.between(0, 3)}` : own,
      expected: shared || revision < 0n ? 'any' : revision,
      events,
    };
    attempts.push(attempt);
    try {
      const expectedRevision = attempt.expected === 'any' ? ANY : attempt.expected;
      const result = await client.appendToStream(attempt.stream, [...events], {
        expectedRevision,
        deadline: 5000,
      });
      attempt.acknowledged = {
        lastRevision: Number(result.nextExpectedRevision),
        position: result.position?.commit ?? 0n,
      };
      if (!shared) revision = result.nextExpectedRevision;
    } catch {
      // Whether it was stored is what the comparison finds out.
      return;
    }
  }
}

function randomEvent(random: Random): EventData {
  // Mostly small, some larger than a page, few larger than lmdb's own read buffer.
  const size =
    random.next() < 0.02
      ? random.between(10_000, 60_000)
      : random.between(0, random.next() < 0.2 ? 6000 : 400);
  return jsonEvent({ type: 'Written', id: random.uuid(), data: { pad: 'x'.repeat(size) } });
}
