import { ANY, jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';

/** Bytes of padding in a measured event. */
export const eventSize = 300;

export const measuredEvents = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    jsonEvent({ type: 'Measured', data: { n, pad: 'x'.repeat(eventSize) }, metadata: { actor: 'bench' } }),
  );

/** Fills a log, 200 events at a time and 8 appends in flight. One event in ten is of a stream `wanted-…`. */
export async function fillLog(client: EventStoreDBClient, events: number): Promise<void> {
  let filled = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (; filled < events;) {
        filled += 200;
        const stream = filled % 2000 === 0 ? `wanted-${filled % 97}` : `complaint-${filled}`;
        await client.appendToStream(stream, measuredEvents(200), { expectedRevision: ANY });
      }
    }),
  );
}

export async function fillStream(client: EventStoreDBClient, stream: string, events: number): Promise<void> {
  for (let written = 0; written < events; written += 500)
    await client.appendToStream(stream, measuredEvents(500));
}
