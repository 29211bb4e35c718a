import { binaryEvent, MaxAppendSizeExceededError, NO_STREAM } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { anyStream, collect, errorOf, event, events, ways, type EventStoreUnderTest } from './harness.js';

/** EventStoreDB's default; a server under test must run with it. */
const maxAppendSize = 1024 * 1024;

/** The server counts data, metadata, and two bytes for each character of the type. */
const eventOfSize = (size: number) =>
  binaryEvent({ type: 'Blob', id: randomUUID(), data: Buffer.alloc(size - 8, 7) });

export function limitContract({ client }: EventStoreUnderTest): void {
  describe.each(ways)('limits (%s)', (_way, call) => {
    it('takes an event of the largest size, and refuses one a byte larger', async () => {
      const stream = anyStream();
      await client().appendToStream(stream, eventOfSize(maxAppendSize), {
        expectedRevision: NO_STREAM,
        ...call,
      });
      const [read] = await collect(client().readStream(stream));
      expect((read!.event!.data as Uint8Array).length).toBe(maxAppendSize - 8);
      const error = await errorOf(client().appendToStream(stream, eventOfSize(maxAppendSize + 1), call));
      expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
      expect(error).toMatchObject({ maxAppendSize });
    });

    it('counts all events of an append together', async () => {
      const stream = anyStream();
      const half = () => eventOfSize(maxAppendSize / 2);
      await client().appendToStream(stream, [half(), half()], call);
      const error = await errorOf(client().appendToStream(stream, [half(), half(), event(1)], call));
      expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
      expect(await collect(client().readStream(stream))).toHaveLength(2);
    });

    it('goes on serving a client whose append was too large', async () => {
      await errorOf(client().appendToStream(anyStream(), eventOfSize(8 * maxAppendSize), call));
      expect(await client().appendToStream(anyStream(), events(2), call)).toMatchObject({
        nextExpectedRevision: 1n,
      });
    });

    it('refuses an event without an id that is one', async () => {
      await errorOf(client().appendToStream(anyStream(), event(1, 'not-a-uuid'), call));
      await client().appendToStream(anyStream(), event(1), call);
    });
  });
}
