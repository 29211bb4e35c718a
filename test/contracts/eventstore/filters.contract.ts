import {
  eventTypeFilter,
  excludeSystemEvents,
  START,
  streamNameFilter,
  type Position,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { anyStream, appended, errorOf, events, take, type EventStoreUnderTest } from './harness.js';
import { rawReadAll, type RawRead } from './raw-read.js';

export function filterContract({ client, url }: EventStoreUnderTest): void {
  describe('filters on $all', () => {
    const mark = randomUUID().slice(0, 8);
    let before: Position;
    beforeAll(async () => {
      before = (await client().appendToStream(anyStream(), events(1))).position!;
      await client().appendToStream(`${mark}a-1`, events(2, `${mark}Red`));
      await client().appendToStream(`${mark}b-1`, events(3, `${mark}Green`));
      await client().appendToStream(`${mark}ab-1`, events(4, `${mark}Blue`));
      await client().setStreamMetadata(`${mark}a-1`, { owner: 'x' });
      await appended(client(), anyStream(), 1);
    });

    const cases: [string, NonNullable<RawRead['filter']>, number][] = [
      ['one prefix of streams', { on: 'stream', prefixes: [`${mark}b`] }, 3],
      ['several prefixes of streams', { on: 'stream', prefixes: [`${mark}a-`, `${mark}b-`] }, 5],
      ['a prefix that is a whole name', { on: 'stream', prefixes: [`${mark}ab-1`] }, 4],
      ['a pattern of streams', { on: 'stream', regex: `^${mark}a.?-[0-9]$` }, 6],
      ['a pattern that is not anchored', { on: 'stream', regex: `${mark}a-1` }, 3],
      ['one prefix of types', { on: 'type', prefixes: [`${mark}Gr`] }, 3],
      ['several prefixes of types', { on: 'type', prefixes: [`${mark}Red`, `${mark}Blue`] }, 6],
      ['a pattern of types', { on: 'type', regex: `^${mark}(Red|Green)$` }, 5],
      ['a prefix that nothing has', { on: 'stream', prefixes: [`${mark}zzz`] }, 0],
    ];

    it.each(cases)('a read by %s brings these and no others', async (_name, filter, count) => {
      expect(await rawReadAll(url(), { from: before, filter })).toHaveLength(count);
    });

    it.each(cases)(
      'a subscription by %s brings these and no others',
      async (_name, { on, regex, prefixes }, count) => {
        const received: string[] = [];
        const named = on === 'stream' ? streamNameFilter : eventTypeFilter;
        const filter = regex === undefined ? named({ prefixes: [...prefixes!] }) : named({ regex });
        const subscription = client().subscribeToAll({ fromPosition: before, filter });
        await new Promise<void>((resolve) => {
          subscription.on('data', ({ event }) => received.push(event!.id));
          // The client may still hold what came before: let it hand that over.
          subscription.on('caughtUp', () => setTimeout(resolve, 50));
        });
        await subscription.unsubscribe();
        expect(received).toHaveLength(count);
      },
    );

    it('a filtered read goes backwards and counts what matches', async () => {
      const filter = { on: 'stream', prefixes: [`${mark}ab`] } as const;
      const read = await rawReadAll(url(), { backwards: true, count: 2, filter });
      expect(read.map((event) => Number(event.getStreamRevision()))).toEqual([3, 2]);
    });

    it('no system event passes the filter against them', async () => {
      const received = await take(
        client().subscribeToAll({ fromPosition: before, filter: excludeSystemEvents() }),
        10,
      );
      expect(received.some(({ event }) => event!.streamId.startsWith(mark))).toBe(true);
      expect(received.every(({ event }) => !event!.type.startsWith('$'))).toBe(true);
    });

    it('refuses a pattern that is none, and takes its neighbour', async () => {
      const read = (regex: string) => rawReadAll(url(), { from: before, filter: { on: 'stream', regex } });
      expect(await errorOf(read(`^${mark}(a`))).toMatchObject({ code: 3 });
      expect(await read(`^${mark}(a)`)).toHaveLength(6);
    });
  });

  describe('checkpoints of a filtered subscription', () => {
    it('tell how far the log was searched, at the interval asked for, in order, and let a reader resume', async () => {
      const wanted = anyStream('wanted');
      const start = (await client().appendToStream(anyStream(), events(1))).position!;
      for (let n = 0; n < 10; n++) {
        await appended(client(), anyStream('other'), 30);
        await appended(client(), wanted, 1);
      }
      const checkpoints: Position[] = [];
      const filter = streamNameFilter({
        prefixes: [wanted],
        maxSearchWindow: 10,
        checkpointInterval: 2,
        checkpointReached: (_subscription, position) => {
          checkpoints.push(position);
        },
      });
      const received = await take(client().subscribeToAll({ fromPosition: start, filter }), 10);
      expect(received).toHaveLength(10);
      expect(checkpoints.length).toBeGreaterThanOrEqual(10);
      expect(checkpoints.every(({ commit }, n) => n === 0 || commit > checkpoints[n - 1]!.commit)).toBe(true);

      const resumeAt = checkpoints[Math.floor(checkpoints.length / 2)]!;
      const later = received.filter(({ event }) => event!.position.commit > resumeAt.commit);
      const resumed = await take(
        client().subscribeToAll({ fromPosition: resumeAt, filter: streamNameFilter({ prefixes: [wanted] }) }),
        later.length,
      );
      expect(resumed.map(({ event }) => event!.id)).toEqual(later.map(({ event }) => event!.id));
    });

    it('come although nothing matches', async () => {
      const fromPosition = (await client().appendToStream(anyStream(), events(1))).position!;
      await appended(client(), anyStream('other'), 100);
      const reached = await new Promise<Position>((resolve) => {
        const subscription = client().subscribeToAll({
          fromPosition,
          filter: streamNameFilter({
            prefixes: [anyStream('nobody')],
            checkpointInterval: 1,
            checkpointReached: (_subscription, position) => {
              void subscription.unsubscribe();
              resolve(position);
            },
          }),
        });
        subscription.resume();
      });
      expect(reached.commit).toBeGreaterThan(fromPosition.commit);
    });

    it('are not sent without a filter', async () => {
      await appended(client(), anyStream(), 100);
      const read = await take(client().subscribeToAll({ fromPosition: START }), 100);
      expect(read).toHaveLength(100);
    });
  });
}
