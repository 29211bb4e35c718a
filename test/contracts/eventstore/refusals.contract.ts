import { eventTypeFilter, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import {
  anyStream,
  appended,
  collect,
  errorOf,
  event,
  take,
  ways,
  type EventStoreUnderTest,
} from './harness.js';
import { unimplementedContract } from './unimplemented.contract.js';

const unimplemented = 12;

/** What the embedded engine leaves out of EventStoreDB on purpose. Not run against other servers. */
export function refusalContract(underTest: EventStoreUnderTest): void {
  const { client } = underTest;

  describe.each(ways)('refused, so that nothing is ever removed (%s)', (way, call) => {
    it('deletes and tombstones, and the stream stays', async () => {
      const stream = anyStream();
      await appended(client(), stream, 2);
      for (const refused of [client().deleteStream(stream, call), client().tombstoneStream(stream, call)]) {
        expect(await errorOf(refused)).toMatchObject({
          code: unimplemented,
          message: expect.stringContaining('append-only'),
        });
      }
      expect(await collect(client().readStream(stream))).toHaveLength(2);
    });

    it.each([{ maxCount: 5 }, { maxAge: 60 }, { truncateBefore: 1 }])(
      'metadata that would truncate: %j',
      async (truncating) => {
        const stream = anyStream();
        const error = await errorOf(client().setStreamMetadata(stream, { ...truncating, owner: 'x' }, call));
        // The client shows the code of a refused append, and of a refused batch append only its message.
        if (way === 'append') expect(error).toMatchObject({ code: unimplemented });
        expect(error.message).toContain('$maxCount, $maxAge and $tb');
        await client().setStreamMetadata(stream, { owner: 'x' }, call);
        expect((await client().getStreamMetadata(stream)).metadata).toEqual({ owner: 'x' });
      },
    );

    it('links, which reads do not resolve', async () => {
      await errorOf(client().appendToStream(anyStream(), jsonEvent({ type: '$>', data: '0@other' }), call));
      await client().appendToStream(anyStream(), jsonEvent({ type: '>', data: '0@other' }), call);
    });

    it('appends to $all, and to names longer than an index key', async () => {
      await errorOf(client().appendToStream('$all', event(1), call));
      const longest = anyStream().padEnd(1900, 'x');
      await errorOf(client().appendToStream(`${longest}x`, event(1), call));
      await client().appendToStream(longest, event(1), call);
      expect(await collect(client().readStream(longest))).toHaveLength(1);
    });
  });

  describe('bounds of numbers', () => {
    it('revisions and positions beyond the signed numbers that the server keeps are refused', async () => {
      const beyond = 2n ** 63n;
      const stream = anyStream();
      await appended(client(), stream, 1);
      for (const refused of [
        collect(client().readStream(stream, { fromRevision: beyond })),
        take(client().subscribeToStream(stream, { fromRevision: beyond }), 1),
        collect(client().readAll({ fromPosition: { commit: beyond, prepare: beyond } })),
      ])
        expect(await errorOf(refused)).toMatchObject({ code: 3 });
      for (const [, call] of ways) {
        const append = client().appendToStream(stream, event(1), { expectedRevision: beyond, ...call });
        expect((await errorOf(append)).message).toContain(String(beyond));
      }
    });
  });

  unimplementedContract(underTest);

  describe('bounds of subscriptions', () => {
    it('a position beyond the end of the log is refused, since waiting for it would skip events', async () => {
      const { position } = await client().appendToStream(anyStream(), event(1));
      const { commit } = position!;
      const beyond = client().subscribeToAll({
        fromPosition: { commit: commit + 1000n, prepare: commit + 1000n },
      });
      expect(await errorOf(take(beyond, 1))).toMatchObject({ code: 3 });
      const received = take(client().subscribeToAll({ fromPosition: position! }), 1);
      const [next] = await appended(client(), anyStream(), 1);
      expect((await received)[0]!.event!.id).toBe(next!.id);
    });

    it.each([
      ['look-around', '(?!x)'],
      ['a back reference', '(a)\\1'],
      ['nested counts', '((x{100}){100}){100}'],
      ['2,001 characters', 'x'.repeat(2001)],
    ])('a pattern with %s is refused', async (_name, regex) => {
      for (const filter of [streamNameFilter({ regex }), eventTypeFilter({ regex })]) {
        expect(
          await errorOf(take(client().subscribeToAll({ fromPosition: START, filter }), 1)),
        ).toMatchObject({ code: 3 });
      }
    });

    it('a pattern that makes others backtrack for ever is answered like any other', async () => {
      const hostile = `${'a'.repeat(200)}!`;
      const stream = anyStream(hostile);
      await appended(client(), stream, 1);
      const filter = streamNameFilter({ regex: '^contract(a+)+!' });
      const [found] = await take(client().subscribeToAll({ fromPosition: START, filter }), 1);
      expect(found!.event!.streamId).toBe(stream);
    });
  });
}
