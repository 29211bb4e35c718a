import { startMisbehavingProxy } from '#libs/testing/misbehaving-proxy.js';
import { connectEventStore } from './connect-event-store.js';
import { SubscriptionDroppedError } from './event-store-errors.js';
import type { EventStore, LogMessage } from './event-store.port.js';
import { newPrefix, routedTo, teamsOf } from './testing/sample-events.js';
import { serversUnderTest } from '#libs/testing/event-store-servers.js';

describe.each(serversUnderTest())('a subscription to $name', ({ start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let store: EventStore;
  let prefix: string;
  let written: number;

  beforeAll(async () => {
    server = await start();
    store = await connectEventStore({ url: server.url });
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  beforeEach(() => {
    prefix = newPrefix();
    written = 0;
  });

  const write = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await store.append(`${prefix}${written}`, 'no-stream', [routedTo(String(written))]);
      written += 1;
    }
  };
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => String(from + index));
  const positionOf = (message: LogMessage) =>
    message.kind === 'position' ? message.position : message.event.position;

  /** Reads `count` events and stops; `each` runs after each of them. */
  async function take(count: number, after?: string, each: (seen: number) => unknown = () => undefined) {
    const messages: LogMessage[] = [];
    const asked = new AbortController();
    let events = 0;
    for await (const message of store.subscribe({ prefixes: [prefix], after }, asked.signal)) {
      messages.push(message);
      if (message.kind !== 'position') await each((events += 1));
      if (events >= count) asked.abort();
    }
    return messages;
  }

  it('catches up and goes on live, without gap or repeat', async () => {
    await write(20);
    const seen = await take(40, undefined, (count) => (count === 20 ? write(20) : undefined));
    expect(teamsOf(seen)).toEqual(numbers(0, 40));
  });

  /** Of those that match, until one lies at the place or beyond. */
  async function narrowed(pattern: string, place: string): Promise<LogMessage[]> {
    const asked = new AbortController();
    const messages: LogMessage[] = [];
    const range = { prefixes: [prefix], narrowedTo: pattern };
    await store.follow(range, asked.signal, (message) => {
      messages.push(message);
      if (positionOf(message) >= place) asked.abort();
      return undefined;
    });
    return messages;
  }

  it('narrowed to a pattern brings what matches', async () => {
    await write(300);
    const newest = (await store.newest([prefix]))!;
    expect(newest).toEqual({ streamId: `${prefix}299`, position: await store.head([prefix]) });
    const messages = await narrowed(`^${prefix}(?:[0-9]*7|299)$`, newest.position);
    expect(teamsOf(messages)).toEqual([...numbers(0, 300).filter((number) => number.endsWith('7')), '299']);
    const positions = messages.map(positionOf);
    expect(positions).toEqual(positions.toSorted());
  });

  it('narrowed to a pattern that nothing matches tells now and then how far the log has been searched', async () => {
    await write(10);
    const place = (await store.head([prefix]))!;
    await write(300);
    const messages = await narrowed(`^${prefix}nobody$`, place);
    expect(messages.map(({ kind }) => kind)).toContain('position');
    expect(teamsOf(messages)).toEqual([]);
  });

  it('misses nothing that is written while it passes from catching up to live', async () => {
    await write(5);
    const [seen] = await Promise.all([take(65), write(60)]);
    expect(teamsOf(seen)).toEqual(numbers(0, 65));
  });

  it('resumes after any position that it delivered, of an event or in between (P-12)', async () => {
    await write(3);
    // Enough foreign events for the server to send checkpoints between ours.
    const other = newPrefix();
    const foreign = Array.from({ length: 300 }, () => routedTo('foreign'));
    await store.append(`${other}1`, 'no-stream', foreign);
    await write(3);
    const all = await take(6);
    expect(all.some(({ kind }) => kind === 'position')).toBe(true);
    expect(teamsOf(all)).toEqual(numbers(0, 6));
    for (const [index, message] of all.slice(0, -1).entries()) {
      const rest = teamsOf(all.slice(index + 1));
      expect(teamsOf(await take(rest.length, positionOf(message)))).toEqual(rest);
    }
  });

  it('delivers positions that only grow', async () => {
    await write(10);
    const positions = (await take(10)).map(positionOf);
    expect(positions).toEqual([...new Set(positions)].sort());
  });

  it('waits for a slow reader without losing anything', async () => {
    await write(50);
    const slow = await take(50, undefined, () => new Promise((resolve) => setTimeout(resolve, 2)));
    expect(teamsOf(slow)).toEqual(numbers(0, 50));
  });

  it('does not begin when it was called off before', async () => {
    const messages: LogMessage[] = [];
    for await (const message of store.subscribe({ prefixes: [prefix] }, AbortSignal.abort())) {
      messages.push(message);
    }
    expect(messages).toEqual([]);
  });

  describe('over a bad line', () => {
    it('is told of a reset connection, and a reader that resumes gets every event once (P-6)', async () => {
      // More than all the buffers on the way hold, so that there is something left to lose.
      const count = 3000;
      for (let first = 0; first < count; first += 500) {
        const batch = numbers(first, first + 500).map((team) => routedTo(team));
        await store.append(`${prefix}${first}`, 'no-stream', batch);
      }
      const proxy = await startMisbehavingProxy(portOf(server.url));
      const remote = await connectEventStore({ url: server.url.replace(/:\d+/, `:${proxy.port}`) });
      const teams: string[] = [];
      let after: string | undefined;
      let drops = 0;
      const asked = new AbortController();
      while (!asked.signal.aborted) {
        try {
          for await (const message of remote.subscribe({ prefixes: [prefix], after }, asked.signal)) {
            after = positionOf(message);
            teams.push(...teamsOf([message]));
            if (teams.length === count) asked.abort();
            else if (teams.length % 301 === 0) proxy.drop();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(SubscriptionDroppedError);
          drops += 1;
        }
      }
      await remote.close();
      await proxy.stop();
      expect(drops).toBeGreaterThan(0);
      expect(teams).toEqual(numbers(0, count));
    });

    it('can be called off on a half-open connection, and a new one goes on where it stood (P-7)', async () => {
      await write(3);
      const proxy = await startMisbehavingProxy(portOf(server.url));
      const remote = await connectEventStore({ url: server.url.replace(/:\d+/, `:${proxy.port}`) });
      const seen: LogMessage[] = [];
      const watchdog = new AbortController();
      for await (const message of remote.subscribe({ prefixes: [prefix] }, watchdog.signal)) {
        seen.push(message);
        if (teamsOf(seen).length < 3) continue;
        proxy.freeze();
        void write(3).then(() => {
          watchdog.abort();
        });
      }
      expect(teamsOf(seen)).toEqual(numbers(0, 3));
      proxy.heal();
      proxy.drop();
      expect(teamsOf(await take(3, positionOf(seen.at(-1)!)))).toEqual(numbers(3, 6));
      await remote.close();
      await proxy.stop();
    });
  });

  it('is told when the store is closed', async () => {
    const closing = await connectEventStore({ url: server.url });
    await write(1);
    const reading = async () => {
      const never = new AbortController().signal;
      for await (const _ of closing.subscribe({ prefixes: [prefix] }, never)) void closing.close();
    };
    await expect(reading()).rejects.toBeInstanceOf(SubscriptionDroppedError);
  });
});

function portOf(url: string): number {
  return Number(/:(\d+)/.exec(url)?.[1]);
}
