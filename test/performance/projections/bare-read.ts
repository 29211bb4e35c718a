import { EventStoreDBClient, START } from '@eventstore/db-client';

/**
 * R: what the official client reads of the log per second in one for-await loop that does nothing else. The limit of every projection in Node.
 * @returns events per second
 */
export async function bareRead(url: string): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  try {
    const startedAt = performance.now();
    let count = 0;
    for await (const resolved of client.readAll({ fromPosition: START })) {
      if (resolved.event) count += 1;
    }
    return count / ((performance.now() - startedAt) / 1000);
  } finally {
    await client.dispose();
  }
}
