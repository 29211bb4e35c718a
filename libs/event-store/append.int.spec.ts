import { randomUUID } from 'node:crypto';
import { eventHash, type HashedEvent } from '#libs/event-contracts/index.js';
import { connectEventStore } from './connect-event-store.js';
import { InvalidEventError, WrongExpectedRevisionError } from './event-store-errors.js';
import type { EventStore, EventToAppend, StoredEvent } from './event-store.port.js';
import { collect, newPrefix, newStream, routedTo, teamsOf } from './testing/sample-events.js';
import { serversUnderTest } from '#libs/testing/event-store-servers.js';

describe.each(serversUnderTest())('appending to $name', ({ start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let store: EventStore;

  beforeAll(async () => {
    server = await start();
    store = await connectEventStore({ url: server.url });
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const stored = async (stream: string) => {
    const events: StoredEvent[] = [];
    for await (const event of store.readStored(stream)) events.push(event);
    return events;
  };
  const refusal = (append: Promise<unknown>) =>
    append.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('answers with the revision and the position of the last event', async () => {
    const stream = newStream();
    const first = await store.append(stream, 'no-stream', [routedTo('a'), routedTo('b')]);
    const second = await store.append(stream, 1, [routedTo('c')]);
    const events = await stored(stream);
    expect(first).toEqual({ revision: 1, position: events[1]!.position });
    expect(second).toEqual({ revision: 2, position: events[2]!.position });
    expect(second.position > first.position).toBe(true);
  });

  it('gives the same answer to the same events again, also after the stream has moved on (P-16)', async () => {
    const stream = newStream();
    const batch = [routedTo('a'), routedTo('b')];
    const first = await store.append(stream, 'no-stream', batch);
    expect(await store.append(stream, 'no-stream', batch)).toEqual(first);
    await store.append(stream, 1, [routedTo('c')]);
    expect(await store.append(stream, 'no-stream', batch)).toEqual(first);
    expect(await stored(stream)).toHaveLength(3);
  });

  it('knows its events by their ids, though they were sealed anew and hash differently', async () => {
    const stream = newStream();
    const id = randomUUID();
    const first = await store.append(stream, 'no-stream', [routedTo('a', id)]);
    expect(await store.append(stream, 'no-stream', [routedTo('sealed-anew', id)])).toEqual(first);
    await store.append(stream, 0, [routedTo('b')]);
    // The chain holds to what is in the log, not to what was sent in vain.
    const [a, b] = await stored(stream);
    expect(hashesOf(b!).previousHash).toBe(hashesOf(a!).hash);
  });

  it('tells where the stream is when it has moved on', async () => {
    const stream = newStream();
    await store.append(stream, 'no-stream', [routedTo('a'), routedTo('b')]);
    for (const expected of ['no-stream', 0] as const) {
      const error = await refusal(store.append(stream, expected, [routedTo('late')]));
      expect(error).toBeInstanceOf(WrongExpectedRevisionError);
      expect(error).toMatchObject({ expectedRevision: expected, actualRevision: 1 });
    }
  });

  it('tells that there is no stream when a revision was expected (P-18)', async () => {
    const error = await refusal(store.append(newStream(), 4, [routedTo('a')]));
    expect(error).toMatchObject({ name: 'WrongExpectedRevisionError', actualRevision: 'no-stream' });
  });

  it('refuses a batch of which only a part is there (P-17)', async () => {
    const stream = newStream();
    const there = routedTo('a');
    await store.append(stream, 'no-stream', [there]);
    const error = await refusal(store.append(stream, 'no-stream', [there, routedTo('b')]));
    expect(error).toMatchObject({ name: 'WrongExpectedRevisionError', actualRevision: 0 });
    expect(await stored(stream)).toHaveLength(1);
  });

  it('lets exactly one of many rivals win', async () => {
    const stream = newStream();
    await store.append(stream, 'no-stream', [routedTo('a')]);
    const rivals = Array.from({ length: 20 }, (_, index) => store.append(stream, 0, [routedTo(`r${index}`)]));
    const outcomes = await Promise.allSettled(rivals);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stored(stream)).toHaveLength(2);
  });

  it('chains each event to its predecessor by hash, over several appends', async () => {
    const stream = newStream();
    await store.append(stream, 'no-stream', [routedTo('a'), routedTo('b')]);
    await store.append(stream, 1, [routedTo('c')]);
    let previousHash: string | null = null;
    for (const event of await stored(stream)) {
      expect(hashesOf(event).previousHash).toBe(previousHash);
      expect(hashesOf(event).hash).toBe(eventHash(event as HashedEvent));
      previousHash = hashesOf(event).hash;
    }
  });

  it('keeps what was given at the moment of the call', async () => {
    const stream = newStream();
    const event = routedTo('a');
    const appending = store.append(stream, 'no-stream', [event]);
    (event.data as { team: string }).team = 'changed afterwards';
    await appending;
    expect(teamsOf(await collect(store.readStream(stream)))).toEqual(['a']);
  });

  it.each<[string, () => EventToAppend[]]>([
    ['an event that breaks its schema', () => [{ ...routedTo('a'), data: { team: 7 } }]],
    ['an event of an unknown type', () => [{ ...routedTo('a'), type: 'ComplaintPraised' }]],
    ['an event without a proper id (P-23)', () => [routedTo('a', 'no-uuid')]],
    ['two events with one id (P-17)', () => [routedTo('a', sameId), routedTo('b', sameId)]],
    ['an empty batch', () => []],
  ])('refuses %s as a mistake of the program', async (_, batch) => {
    const stream = newStream();
    expect(await refusal(store.append(stream, 'no-stream', batch()))).toBeInstanceOf(InvalidEventError);
    expect(await stored(stream)).toEqual([]);
  });

  it('keeps hundreds of appends at once apart, few of them in flight', async () => {
    const prefix = newPrefix();
    const appends = Array.from({ length: 400 }, (_, index) =>
      store.append(`${prefix}${index % 100}`, index < 100 ? 'no-stream' : Math.floor(index / 100) - 1, [
        routedTo(String(index)),
      ]),
    );
    const written = await Promise.allSettled(appends);
    const wonAll = written.filter(({ status }) => status === 'fulfilled').length;
    const messages = await collect(store.readLog({ prefixes: [prefix] }));
    expect(teamsOf(messages)).toHaveLength(wonAll);
    expect(wonAll).toBeGreaterThanOrEqual(100);
  });
});

const sameId = randomUUID();

function hashesOf({ metadata }: StoredEvent) {
  return metadata as { hash: string; previousHash: string | null };
}
