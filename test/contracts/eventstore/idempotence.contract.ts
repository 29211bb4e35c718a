import {
  ANY,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
  type AppendExpectedRevision,
} from '@eventstore/db-client';
import {
  anyStream,
  appended,
  collect,
  errorOf,
  event,
  events,
  ways,
  type EventStoreUnderTest,
} from './harness.js';

export function idempotenceContract({ client }: EventStoreUnderTest): void {
  describe.each(ways)('idempotence by event id (%s)', (_way, call) => {
    const append = (
      stream: string,
      batch: ReturnType<typeof events>,
      expectedRevision: AppendExpectedRevision,
    ) => client().appendToStream(stream, batch, { expectedRevision, ...call });
    const length = async (stream: string) => (await collect(client().readStream(stream))).length;

    it.each([
      ['NO_STREAM', NO_STREAM, 0],
      ['an exact revision', 1n, 2],
      ['ANY', ANY, 2],
      ['STREAM_EXISTS', STREAM_EXISTS, 2],
    ] as const)(
      'answers a repeated append with %s as the first time, and writes nothing',
      async (_name, expected, before) => {
        const stream = anyStream();
        if (before > 0) await appended(client(), stream, before);
        const batch = events(3);
        const first = await append(stream, batch, expected);
        await appended(client(), stream, 2);
        expect(await append(stream, batch, expected)).toEqual(first);
        expect(await length(stream)).toBe(before + 3 + 2);
      },
    );

    it.each([
      ['NO_STREAM', NO_STREAM, 0],
      ['ANY', ANY, 1],
      ['STREAM_EXISTS', STREAM_EXISTS, 1],
    ] as const)(
      'answers a repeated append that carries an id twice with %s as the first time',
      async (_name, expected, before) => {
        const stream = anyStream();
        if (before > 0) await appended(client(), stream, before);
        const twice = event(1);
        const batch = [twice, event(2), twice];
        const first = await append(stream, batch, expected);
        await appended(client(), stream, 2);
        expect(await append(stream, batch, expected)).toEqual(first);
        expect(await length(stream)).toBe(before + 3 + 2);
      },
    );

    it('answers the repetition of a first part with an exact revision', async () => {
      const stream = anyStream();
      const batch = events(3);
      await append(stream, batch, NO_STREAM);
      expect(await append(stream, batch.slice(0, 2), NO_STREAM)).toMatchObject({ nextExpectedRevision: 1n });
    });

    it.each([
      ['a longer one', (batch: ReturnType<typeof events>) => [...batch, event(9)]],
      ['one with another last event', (batch: ReturnType<typeof events>) => [batch[0]!, event(9)]],
      ['one with another first event', (batch: ReturnType<typeof events>) => [event(9), batch[1]!]],
      ['one in another order', (batch: ReturnType<typeof events>) => [batch[1]!, batch[0]!]],
    ])('refuses with an exact revision %s, which matches only in part', async (_name, changed) => {
      const stream = anyStream();
      const batch = events(2);
      await append(stream, batch, NO_STREAM);
      const error = await errorOf(append(stream, changed(batch), NO_STREAM));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ expectedVersion: 'no_stream', actualVersion: 1n });
      expect(await length(stream)).toBe(2);
    });

    it('refuses with ANY a batch that begins with a known event and goes on with a new one', async () => {
      const stream = anyStream();
      const batch = events(2);
      await append(stream, batch, ANY);
      const error = await errorOf(append(stream, [...batch, event(9)], ANY));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ actualVersion: 1n });
      expect(await length(stream)).toBe(2);
    });

    it('appends with ANY a batch that begins with a new event', async () => {
      const stream = anyStream();
      const batch = events(2);
      await append(stream, batch, ANY);
      expect(await append(stream, [event(9), ...batch], ANY)).toMatchObject({ nextExpectedRevision: 4n });
    });

    it('looks at ids within one stream only', async () => {
      const batch = events(2);
      await append(anyStream(), batch, NO_STREAM);
      expect(await append(anyStream(), batch, NO_STREAM)).toMatchObject({ nextExpectedRevision: 1n });
    });

    it('does not look at ids where the expected revision is the current one', async () => {
      const stream = anyStream();
      const batch = events(1);
      await append(stream, batch, NO_STREAM);
      expect(await append(stream, batch, 0n)).toMatchObject({ nextExpectedRevision: 1n });
    });

    it('writes repetitions that are under way at once only once', async () => {
      const stream = anyStream();
      const batch = events(3);
      const answers = await Promise.all(Array.from({ length: 10 }, () => append(stream, batch, NO_STREAM)));
      expect(new Set(answers.map(({ position }) => position!.commit)).size).toBe(1);
      expect(await length(stream)).toBe(3);
    });
  });
}
