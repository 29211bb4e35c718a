import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import { anyStream, appended, collect, errorOf, revisions, type EventStoreUnderTest } from './harness.js';
import { rawReadAll } from './raw-read.js';

export function streamReadContract({ client, url }: EventStoreUnderTest): void {
  describe('reading a stream', () => {
    let stream: string;
    beforeAll(async () => {
      stream = anyStream();
      await appended(client(), stream, 10);
    });

    it.each([
      ['forwards from the start', FORWARDS, START, undefined, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      ['forwards from the start with a limit', FORWARDS, START, 3, [0, 1, 2]],
      ['forwards from a revision, itself included', FORWARDS, 7n, undefined, [7, 8, 9]],
      ['forwards from a revision with a limit', FORWARDS, 4n, 2, [4, 5]],
      ['forwards from the last revision', FORWARDS, 9n, undefined, [9]],
      ['forwards from beyond the last revision', FORWARDS, 10n, undefined, []],
      ['forwards from the end', FORWARDS, END, undefined, []],
      ['backwards from the end', BACKWARDS, END, undefined, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      ['backwards from the end with a limit', BACKWARDS, END, 1, [9]],
      ['backwards from a revision, itself included', BACKWARDS, 2n, undefined, [2, 1, 0]],
      ['backwards from the start', BACKWARDS, START, undefined, [0]],
      ['backwards from beyond the last revision', BACKWARDS, 100n, 2, [9, 8]],
    ] as const)('%s', async (_name, direction, fromRevision, maxCount, expected) => {
      const options = { direction, fromRevision, ...(maxCount === undefined ? {} : { maxCount }) };
      expect(revisions(await collect(client().readStream(stream, options)))).toEqual(expected);
    });

    it.each([FORWARDS, BACKWARDS] as const)(
      'says that a stream without events is not found (%s)',
      async (direction) => {
        const missing = anyStream();
        const error = await errorOf(
          collect(
            client().readStream(missing, { direction, fromRevision: direction === FORWARDS ? START : END }),
          ),
        );
        expect(error).toBeInstanceOf(StreamNotFoundError);
        expect(error).toMatchObject({ streamName: missing });
      },
    );

    it('does not mistake a stream for one whose name begins alike', async () => {
      const error = await errorOf(collect(client().readStream(stream.slice(0, -1))));
      expect(error).toBeInstanceOf(StreamNotFoundError);
    });

    it('reads a long stream to its end', async () => {
      const long = anyStream();
      for (let batch = 0; batch < 5; batch++) await appended(client(), long, 500);
      const read = revisions(await collect(client().readStream(long)));
      expect(read).toEqual(Array.from({ length: 2500 }, (_, n) => n));
      const back = revisions(
        await collect(client().readStream(long, { direction: BACKWARDS, fromRevision: END })),
      );
      expect(back).toEqual([...read].reverse());
    });

    it('can be abandoned in the middle, and others go on', async () => {
      const long = anyStream();
      await appended(client(), long, 2000);
      for await (const read of client().readStream(long)) if (read.event!.revision === 10n) break;
      expect(await collect(client().readStream(long, { maxCount: 20 }))).toHaveLength(20);
    });

    it('gives ids as text or as two halves, as asked for', async () => {
      const ids = (await collect(client().readStream(stream))).map(({ event }) => event!.id);
      const read = await rawReadAll(url(), {
        structuredIds: true,
        filter: { on: 'stream', prefixes: [stream] },
      });
      expect(read).toHaveLength(10);
      expect(read.map((event) => event.getStreamRevision())).toEqual(ids.map((_, n) => String(n)));
      const halves = read.map((event) => {
        const id = event.getId()!.getStructured()!;
        const half = (text: string) => BigInt.asUintN(64, BigInt(text)).toString(16).padStart(16, '0');
        return half(id.getMostSignificantBits()) + half(id.getLeastSignificantBits());
      });
      expect(halves).toEqual(ids.map((id) => id.replaceAll('-', '')));
    });

    it('accepts requiresLeader', async () => {
      expect(await collect(client().readStream(stream, { requiresLeader: true }))).toHaveLength(10);
    });
  });
}
