import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { type MisbehavingProxy, startMisbehavingProxy } from '#libs/testing/misbehaving-proxy.js';
import { connectEventStore } from './connect-event-store.js';
import { AppendOutcomeUnknownError, EventStoreBusyError } from './event-store-errors.js';
import type { EventStore } from './event-store.port.js';
import { collect, newStream, routedTo, teamsOf } from './testing/sample-events.js';

describe('appending over a bad line', () => {
  let engine: TestEngine;
  let proxy: MisbehavingProxy;
  /** Straight to the server. */
  let direct: EventStore;
  let remote: EventStore;
  let repetitions: number;

  beforeAll(async () => {
    engine = await startTestEngine('eventstore');
    direct = await connectEventStore({ url: engine.url });
  });
  afterAll(async () => {
    await direct.close();
    await engine.stop();
  });
  beforeEach(async () => {
    repetitions = 0;
    proxy = await startMisbehavingProxy(engine.port);
    remote = await connectEventStore({
      url: engine.url.replace(/:\d+/, `:${proxy.port}`),
      appendTimeoutMs: 500,
      maxInFlightAppends: 2,
      logger: {
        warn: () => {
          repetitions += 1;
        },
      },
    });
  });
  afterEach(async () => {
    proxy.heal();
    await remote.close();
    await proxy.stop();
  });

  const written = async (stream: string) => teamsOf(await collect(direct.readStream(stream)));
  const until = async (condition: () => boolean | Promise<boolean>) => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('repeats an append whose answer was lost, and it is written once (P-16, P-21)', async () => {
    const stream = newStream();
    proxy.muteServer();
    const appending = remote.append(stream, 'no-stream', [routedTo('a'), routedTo('b')]);
    await until(async () => (await written(stream)).length === 2 && repetitions > 0);
    proxy.heal();
    expect(await appending).toMatchObject({ revision: 1 });
    expect(await written(stream)).toEqual(['a', 'b']);
  });

  it('repeats on a new connection when the old one was reset', async () => {
    const stream = newStream();
    proxy.freeze();
    const appending = remote.append(stream, 'no-stream', [routedTo('a')]);
    setTimeout(() => {
      proxy.heal();
      proxy.drop();
    }, 50);
    expect(await appending).toMatchObject({ revision: 0 });
    expect(await written(stream)).toEqual(['a']);
  });

  it('finds its own events behind a conflict that they caused themselves (P-17)', async () => {
    const stream = newStream();
    const batch = [routedTo('a')];
    proxy.muteServer();
    const appending = remote.append(stream, 'no-stream', batch);
    await until(async () => (await written(stream)).length === 1);
    // Meanwhile the stream goes on.
    await direct.append(stream, 0, [routedTo('b')]);
    proxy.heal();
    expect(await appending).toMatchObject({ revision: 0 });
    expect(await written(stream)).toEqual(['a', 'b']);
  });

  it('says that the outcome is unknown after a long silence, and the same command again settles it', async () => {
    const stream = newStream();
    const batch = [routedTo('a')];
    proxy.freeze();
    const appending = remote.append(stream, 'no-stream', batch);
    await expect(appending).rejects.toBeInstanceOf(AppendOutcomeUnknownError);
    expect(repetitions).toBe(4);
    proxy.heal();
    expect(await remote.append(stream, 'no-stream', batch)).toMatchObject({ revision: 0 });
    expect(await written(stream)).toEqual(['a']);
  });

  it('does not let one bad line touch the appends of another (P-20)', async () => {
    proxy.freeze();
    const stuck = remote.append(newStream(), 'no-stream', [routedTo('a')]).catch(() => undefined);
    const others = Array.from({ length: 20 }, () => direct.append(newStream(), 'no-stream', [routedTo('b')]));
    proxy.drop();
    expect(await Promise.all(others)).toHaveLength(20);
    proxy.heal();
    await stuck;
  });

  it('loses none of those that wait for their turn while the line is silent', async () => {
    const streams = Array.from({ length: 10 }, newStream);
    proxy.freeze();
    const appending = streams.map((stream) => remote.append(stream, 'no-stream', [routedTo('a')]));
    await new Promise((resolve) => setTimeout(resolve, 50));
    proxy.heal();
    expect(await Promise.all(appending)).toHaveLength(10);
    for (const stream of streams) expect(await written(stream)).toEqual(['a']);
  });

  it('keeps every acknowledged event when the server is killed in the middle', async () => {
    const acknowledged: string[] = [];
    const batches = Array.from({ length: 60 }, () => ({ stream: newStream(), event: routedTo('a') }));
    const appending = batches.map(async ({ stream, event }) => {
      await direct.append(stream, 'no-stream', [event]);
      acknowledged.push(stream);
      if (acknowledged.length === 5) {
        await engine.kill9();
        await engine.restart();
      }
    });
    await Promise.allSettled(appending);
    expect(acknowledged.length).toBeGreaterThan(5);
    for (const stream of acknowledged) expect(await written(stream)).toEqual(['a']);
    // What was left in doubt settles when it is sent again, and nothing is there twice.
    for (const { stream, event } of batches) await direct.append(stream, 'no-stream', [event]);
    for (const { stream } of batches) expect(await written(stream)).toEqual(['a']);
  });

  it('turns appends away when too many wait', async () => {
    proxy.freeze();
    const stream = newStream();
    const flood = Array.from({ length: 10_003 }, () => remote.append(stream, 'no-stream', [routedTo('a')]));
    const last = flood.at(-1)!;
    for (const append of flood) append.catch(() => undefined);
    await expect(last).rejects.toBeInstanceOf(EventStoreBusyError);
    // Closing leaves none of them waiting.
    await remote.close();
    expect((await Promise.allSettled(flood)).every(({ status }) => status === 'rejected')).toBe(true);
  });
});
