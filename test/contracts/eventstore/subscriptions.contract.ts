import {
  END,
  START,
  type AllStreamSubscription,
  type Position,
  type StreamSubscription,
} from '@eventstore/db-client';
import { once } from 'node:events';
import {
  anyStream,
  appended,
  collect,
  events,
  revisions,
  take,
  type EventStoreUnderTest,
} from './harness.js';

const caughtUp = (subscription: AllStreamSubscription | StreamSubscription) => once(subscription, 'caughtUp');

export function subscriptionContract({ client }: EventStoreUnderTest): void {
  describe('subscribing to a stream', () => {
    it('catches up from the start and goes on live without gap or repeat', async () => {
      const stream = anyStream();
      await appended(client(), stream, 5);
      const subscription = client().subscribeToStream(stream, { fromRevision: START });
      const received = take(subscription, 10);
      await caughtUp(subscription);
      for (let n = 0; n < 5; n++) await appended(client(), stream, 1);
      expect(revisions(await received)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('begins after the revision it is given', async () => {
      const stream = anyStream();
      await appended(client(), stream, 5);
      expect(revisions(await take(client().subscribeToStream(stream, { fromRevision: 2n }), 2))).toEqual([
        3, 4,
      ]);
    });

    it('begins at the end with what comes after it', async () => {
      const stream = anyStream();
      await appended(client(), stream, 5);
      const subscription = client().subscribeToStream(stream, { fromRevision: END });
      const received = take(subscription, 2);
      await caughtUp(subscription);
      await appended(client(), stream, 2);
      expect(revisions(await received)).toEqual([5, 6]);
    });

    it('takes the largest revision there is for the end', async () => {
      const stream = anyStream();
      await appended(client(), stream, 2);
      const subscription = client().subscribeToStream(stream, { fromRevision: 2n ** 64n - 1n });
      const received = take(subscription, 1);
      await caughtUp(subscription);
      const [next] = await appended(client(), stream, 1);
      expect((await received)[0]!.event!.id).toBe(next!.id);
    });

    it('waits for a stream that has no events yet', async () => {
      const stream = anyStream();
      const subscription = client().subscribeToStream(stream);
      const received = take(subscription, 1);
      await caughtUp(subscription);
      await appended(client(), stream, 1);
      expect(revisions(await received)).toEqual([0]);
    });

    it('brings no events of other streams', async () => {
      const stream = anyStream();
      const subscription = client().subscribeToStream(stream);
      const received = take(subscription, 2);
      await caughtUp(subscription);
      await appended(client(), `${stream}-2`, 3);
      await appended(client(), stream, 2);
      expect((await received).every(({ event }) => event!.streamId === stream)).toBe(true);
    });
  });

  describe('subscribing to $all', () => {
    const head = async (): Promise<Position> =>
      (await client().appendToStream(anyStream(), events(1))).position!;

    it('catches up from a position and goes on live without gap or repeat', async () => {
      const fromPosition = await head();
      const stream = anyStream();
      await appended(client(), stream, 700);
      const subscription = client().subscribeToAll({ fromPosition });
      const received = take(subscription, 1000);
      const writing = (async () => {
        for (let n = 0; n < 100; n++) await appended(client(), stream, 3);
      })();
      expect(revisions(await received)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
      await writing;
    });

    it('begins after the position it is given, also when that is of an event in the middle of an append', async () => {
      const stream = anyStream();
      await appended(client(), stream, 5);
      const third = (await collect(client().readStream(stream)))[2]!.event!.position!;
      expect(revisions(await take(client().subscribeToAll({ fromPosition: third }), 2))).toEqual([3, 4]);
    });

    it('begins at the start with the oldest event', async () => {
      const [oldest] = await collect(client().readAll({ maxCount: 1 }));
      const [first] = await take(client().subscribeToAll({ fromPosition: START }), 1);
      expect(first!.event!.id).toBe(oldest!.event!.id);
    });

    it('begins at the end with what comes after it', async () => {
      await appended(client(), anyStream(), 3);
      const subscription = client().subscribeToAll({ fromPosition: END });
      const received = take(subscription, 2);
      await caughtUp(subscription);
      const written = await appended(client(), anyStream(), 2);
      expect((await received).map(({ event }) => event!.id)).toEqual(written.map(({ id }) => id));
    });

    it('confirms with an id of its own, then says when it has caught up', async () => {
      const fromPosition = await head();
      const subscription = client().subscribeToAll({ fromPosition });
      const order: string[] = [];
      subscription
        .on('confirmation', () => order.push('confirmation'))
        .on('caughtUp', () => order.push('caughtUp'));
      subscription.resume();
      await caughtUp(subscription);
      expect(order).toEqual(['confirmation', 'caughtUp']);
      expect(subscription.id).toMatch(/^[0-9a-f-]{36}$/);
      await subscription.unsubscribe();
    });

    it('serves many subscribers alike', async () => {
      const fromPosition = await head();
      const subscriptions = Array.from({ length: 25 }, () => client().subscribeToAll({ fromPosition }));
      const received = Promise.all(subscriptions.map((subscription) => take(subscription, 30)));
      const stream = anyStream();
      for (let n = 0; n < 10; n++) await appended(client(), stream, 3);
      for (const events of await received)
        expect(revisions(events)).toEqual(Array.from({ length: 30 }, (_, n) => n));
    });
  });
}
