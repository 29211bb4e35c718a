import {
  ANY,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
  binaryEvent,
  jsonEvent,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import {
  anyStream,
  appended,
  collect,
  errorOf,
  event,
  events,
  revisions,
  ways,
  type EventStoreUnderTest,
} from './harness.js';

export function appendContract({ client }: EventStoreUnderTest): void {
  describe.each(ways)('appending (%s)', (_way, call) => {
    const append = (stream: string, count: number, expectedRevision: Parameters<typeof appended>[3]) =>
      client().appendToStream(stream, events(count), { expectedRevision, ...call });

    it('creates a stream and answers with its last revision and position', async () => {
      const stream = anyStream();
      const result = await append(stream, 3, NO_STREAM);
      expect(result).toMatchObject({ success: true, nextExpectedRevision: 2n });
      const [, , last] = await collect(client().readStream(stream));
      expect(result.position).toEqual(last!.event!.position);
    });

    it('takes NO_STREAM for a stream without events, and refuses it for one with events', async () => {
      const stream = anyStream();
      await append(stream, 1, NO_STREAM);
      const error = await errorOf(append(stream, 1, NO_STREAM));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ streamName: stream, expectedVersion: 'no_stream', actualVersion: 0n });
    });

    it('takes STREAM_EXISTS for a stream with events, and refuses it for one without', async () => {
      const stream = anyStream();
      const error = await errorOf(append(stream, 1, STREAM_EXISTS));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ expectedVersion: 'stream_exists', actualVersion: 'no_stream' });
      await append(stream, 1, NO_STREAM);
      expect(await append(stream, 1, STREAM_EXISTS)).toMatchObject({ nextExpectedRevision: 1n });
    });

    it('takes ANY for a stream with and without events', async () => {
      const stream = anyStream();
      expect(await append(stream, 1, ANY)).toMatchObject({ nextExpectedRevision: 0n });
      expect(await append(stream, 1, ANY)).toMatchObject({ nextExpectedRevision: 1n });
    });

    it('takes the exact revision, and refuses the one before and the one after', async () => {
      const stream = anyStream();
      await append(stream, 3, NO_STREAM);
      for (const wrong of [1n, 3n]) {
        const error = await errorOf(append(stream, 1, wrong));
        expect(error).toBeInstanceOf(WrongExpectedVersionError);
        expect(error).toMatchObject({ streamName: stream, expectedVersion: wrong, actualVersion: 2n });
      }
      expect(await append(stream, 1, 2n)).toMatchObject({ nextExpectedRevision: 3n });
    });

    it('refuses an exact revision of a stream without events', async () => {
      const error = await errorOf(append(anyStream(), 1, 0n));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ expectedVersion: 0n, actualVersion: 'no_stream' });
    });

    it.each([2n ** 53n + 1n, 2n ** 63n - 1n])(
      'names an expected revision exactly, however large (%s)',
      async (far) => {
        const stream = anyStream();
        await append(stream, 1, NO_STREAM);
        const error = await errorOf(append(stream, 1, far));
        expect(error).toBeInstanceOf(WrongExpectedVersionError);
        expect(error).toMatchObject({ expectedVersion: far, actualVersion: 0n });
      },
    );

    it('refuses an event without a type, and a stream without a name', async () => {
      const stream = anyStream();
      const error = await errorOf(client().appendToStream(stream, jsonEvent({ type: '', data: {} }), call));
      expect(error.message).toContain('type');
      for (const nameless of ['', '$$']) await errorOf(append(nameless, 1, ANY));
      expect(await append(stream, 1, NO_STREAM)).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('stores all events of an append or none', async () => {
      const stream = anyStream();
      await append(stream, 2, NO_STREAM);
      await errorOf(append(stream, 5, NO_STREAM));
      expect(revisions(await collect(client().readStream(stream)))).toEqual([0, 1]);
    });

    it('lets one of many concurrent appends with the same expectation win', async () => {
      const stream = anyStream();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => append(stream, 2, NO_STREAM)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await collect(client().readStream(stream))).toHaveLength(2);
    });

    it('keeps every concurrent append that expects nothing, each in one piece', async () => {
      const stream = anyStream();
      const batches = Array.from({ length: 20 }, (_, n) => Array.from({ length: 3 }, () => event(n)));
      await Promise.all(
        batches.map((batch) => client().appendToStream(stream, batch, { expectedRevision: ANY, ...call })),
      );
      const read = await collect(client().readStream<never>(stream));
      expect(revisions(read)).toEqual(Array.from({ length: 60 }, (_, n) => n));
      const order = read.map(({ event: e }) => (e as unknown as { data: { n: number } }).data.n);
      for (let at = 0; at < 60; at += 3) expect(new Set(order.slice(at, at + 3)).size).toBe(1);
    });

    it('gives back what was written: id, type, data, metadata, content type', async () => {
      const stream = anyStream();
      const json = jsonEvent({
        type: 'Şikâyet',
        id: randomUUID(),
        data: { text: 'çözüldü ✓' },
        metadata: { $correlationId: 'c1' },
      });
      const binary = binaryEvent({
        type: 'scan',
        id: randomUUID(),
        data: Buffer.from([0, 255, 1]),
        metadata: Buffer.from([7, 0]),
      });
      await client().appendToStream(stream, [json, binary, jsonEvent({ type: 'bare', data: {} })], call);
      const [first, second, third] = (await collect(client().readStream(stream))).map(
        (resolved) => resolved.event!,
      );
      expect(first).toMatchObject({
        id: json.id,
        streamId: stream,
        revision: 0n,
        type: 'Şikâyet',
        isJson: true,
      });
      expect(first).toMatchObject({ data: json.data, metadata: json.metadata });
      expect(second).toMatchObject({ id: binary.id, isJson: false, data: new Uint8Array([0, 255, 1]) });
      expect(Buffer.from(second!.metadata as Uint8Array)).toEqual(Buffer.from([7, 0]));
      expect(third!.metadata).toBeUndefined();
      expect(Math.abs(first!.created.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it('takes names of streams in any script', async () => {
      const stream = `${anyStream()}-şikâyet ü/ş 漢字`;
      await append(stream, 1, NO_STREAM);
      const [read] = await collect(client().readStream(stream));
      expect(read!.event!.streamId).toBe(stream);
    });

    it('answers an append of no events with where the stream stands', async () => {
      const stream = anyStream();
      await append(stream, 2, NO_STREAM);
      expect(await append(stream, 0, 1n)).toMatchObject({ success: true, nextExpectedRevision: 1n });
      expect(await collect(client().readStream(stream))).toHaveLength(2);
    });
  });

  describe('appending (split)', () => {
    it('joins the messages that a large batch append is split into', async () => {
      const stream = anyStream();
      const batch = events(200);
      const result = await client().appendToStream(stream, batch, {
        expectedRevision: NO_STREAM,
        batchAppendSize: 500,
      });
      expect(result.nextExpectedRevision).toBe(199n);
      expect((await collect(client().readStream(stream))).map((read) => read.event!.id)).toEqual(
        batch.map(({ id }) => id),
      );
    });
  });
}
