import type { Outbox } from '#libs/notifications/index.js';
import { entry } from '#libs/notifications/testing/entries.fixtures.js';
import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { outboxOn } from './outbox.adapter.js';
import { connectReadStore, type ReadStore } from './read-store.js';

const at = (second: number): string =>
  new Date(Date.parse(entry().nextAttemptAt) + second * 1000).toISOString();

describe('The outbox', () => {
  let engine: TestEngine;
  let readStore: ReadStore;
  let outbox: Outbox;

  beforeAll(async () => {
    engine = await startTestEngine('mongodb');
  });
  afterAll(async () => {
    await engine.stop();
  });
  beforeEach(async () => {
    readStore = await connectReadStore({
      url: engine.url,
      database: `outbox-${Math.random().toString(36).slice(2)}`,
    });
    outbox = outboxOn(readStore);
    await outbox.prepare();
  });
  afterEach(async () => {
    await readStore.close();
  });
  const dueIds = async (now: string): Promise<string[]> => (await outbox.due(now, 10)).map(({ _id }) => _id);

  it('keeps what is there when the same is added again, and takes what is new beside it', async () => {
    await outbox.add([entry({ _id: 'a' })]);
    await outbox.delivered('a', at(1));
    await outbox.add([entry({ _id: 'a' }), entry({ _id: 'b' })]);
    expect(await dueIds(at(5))).toEqual(['b']);
  });

  it('gives what is due, the longest waiting first, and of that no more than asked for', async () => {
    await outbox.add([
      entry({ _id: 'later', nextAttemptAt: at(10) }),
      entry({ _id: 'second', nextAttemptAt: at(2) }),
      entry({ _id: 'first', nextAttemptAt: at(1) }),
    ]);
    expect(await dueIds(at(9))).toEqual(['first', 'second']);
    expect(await dueIds(at(10))).toEqual(['first', 'second', 'later']);
    expect(await outbox.due(at(10), 1)).toHaveLength(1);
  });

  it('lets one begin an attempt', async () => {
    await outbox.add([entry({ _id: 'a' })]);
    const [seen] = await outbox.due(at(1), 1);
    expect(await outbox.begin(seen!, at(60))).toBe(true);
    expect(await outbox.begin(seen!, at(61))).toBe(false);
    expect(await dueIds(at(59))).toEqual([]);
    expect(await outbox.due(at(60), 1)).toEqual([{ ...seen, attempts: 1, nextAttemptAt: at(60) }]);
  });

  it('shows what was given up and what is stale, and lets it be tried anew', async () => {
    await outbox.add([entry({ _id: 'a' }), entry({ _id: 'b', state: 'stale' }), entry({ _id: 'c' })]);
    await outbox.park('a', at(1), 'http-503');
    expect((await outbox.unsettled(10)).map(({ _id, lastFailure }) => [_id, lastFailure])).toEqual([
      ['a', 'http-503'],
      ['b', null],
    ]);
    expect((await outbox.unsettled(10, 'a')).map(({ _id }) => _id)).toEqual(['b']);
    expect(await outbox.counts()).toEqual({ waiting: 1, parked: 1, stale: 1 });
    expect(await outbox.retry('a', at(2))).toBe(true);
    expect(await outbox.retry('c', at(2))).toBe(false);
    expect((await outbox.due(at(2), 10)).map(({ _id, attempts }) => [_id, attempts])).toEqual([
      ['c', 0],
      ['a', 0],
    ]);
  });

  it('reads the log onwards only', async () => {
    expect(await outbox.position()).toBeUndefined();
    for (const position of ['1', '3', '2']) await outbox.advance(position);
    expect(await outbox.position()).toBe('3');
  });

  it('forgets what was delivered long ago, and nothing else', async () => {
    await outbox.add(['a', 'b', 'c'].map((_id) => entry({ _id })));
    await outbox.delivered('a', at(1));
    await outbox.park('b', at(1), 'http-503');
    await outbox.prune(at(2));
    await outbox.add([entry({ _id: 'a' })]);
    expect(await dueIds(at(5))).toEqual(['a', 'c']);
    expect(await outbox.counts()).toMatchObject({ parked: 1 });
  });
});
