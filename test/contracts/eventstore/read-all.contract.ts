import { BACKWARDS, END, FORWARDS, NO_STREAM, START, type Position } from '@eventstore/db-client';
import { anyStream, appended, collect, events, revisions, type EventStoreUnderTest } from './harness.js';

const commits = (read: readonly { event?: { position?: Position } }[]) =>
  read.map(({ event }) => event!.position!.commit);

export function readAllContract({ client }: EventStoreUnderTest): void {
  describe('reading $all', () => {
    let one: string;
    let positions: Position[];
    beforeAll(async () => {
      one = anyStream();
      positions = [];
      for (let n = 0; n < 5; n++) {
        const result = await client().appendToStream(one, events(1));
        positions.push(result.position!);
        await appended(client(), anyStream(), 1);
      }
    });

    it('gives strictly increasing positions forwards, decreasing backwards', async () => {
      const forwards = commits(await collect(client().readAll({ direction: FORWARDS, fromPosition: START })));
      expect(forwards.every((commit, n) => n === 0 || commit > forwards[n - 1]!)).toBe(true);
      const backwards = commits(
        await collect(
          client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: forwards.length }),
        ),
      );
      expect(backwards.every((commit, n) => n === 0 || commit < backwards[n - 1]!)).toBe(true);
    });

    it('forwards from a position begins with its event', async () => {
      const [first] = await collect(client().readAll({ fromPosition: positions[2]!, maxCount: 1 }));
      expect(first!.event).toMatchObject({ streamId: one, revision: 2n, position: positions[2] });
    });

    it('backwards from a position begins before its event', async () => {
      const read = await collect(
        client().readAll({ direction: BACKWARDS, fromPosition: positions[2]!, maxCount: 50 }),
      );
      expect(commits(read).every((commit) => commit < positions[2]!.commit)).toBe(true);
      expect(revisions(read.filter(({ event }) => event!.streamId === one))).toEqual([1, 0]);
    });

    it('forwards from the end and backwards from the start is nothing', async () => {
      expect(await collect(client().readAll({ fromPosition: END }))).toEqual([]);
      expect(await collect(client().readAll({ direction: BACKWARDS, fromPosition: START }))).toEqual([]);
    });

    it('forwards from position 0 begins with the oldest event, backwards from it is nothing', async () => {
      const zero = { commit: 0n, prepare: 0n };
      const [oldest] = await collect(client().readAll({ maxCount: 1 }));
      const [first] = await collect(client().readAll({ fromPosition: zero, maxCount: 1 }));
      expect(first!.event!.id).toBe(oldest!.event!.id);
      expect(await collect(client().readAll({ direction: BACKWARDS, fromPosition: zero }))).toEqual([]);
    });

    it('takes the largest position there is for the end', async () => {
      const largest = { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n };
      expect(await collect(client().readAll({ fromPosition: largest }))).toEqual([]);
      const newest = await appended(client(), anyStream(), 1);
      const [last] = await collect(
        client().readAll({ direction: BACKWARDS, fromPosition: largest, maxCount: 1 }),
      );
      expect(last!.event!.id).toBe(newest[0]!.id);
    });

    it('reads no more than the limit', async () => {
      expect(await collect(client().readAll({ maxCount: 3 }))).toHaveLength(3);
      expect(
        await collect(client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 })),
      ).toHaveLength(1);
    });

    it('keeps the events of one append together and in order', async () => {
      const batch = events(5);
      const { position } = await client().appendToStream(anyStream(), batch, { expectedRevision: NO_STREAM });
      const read = await collect(client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 5 }));
      expect(read[0]!.event!.position).toEqual(position);
      expect(read.map(({ event }) => event!.id).reverse()).toEqual(batch.map(({ id }) => id));
    });
  });
}
