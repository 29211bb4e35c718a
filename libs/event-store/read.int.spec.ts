import { randomUUID } from 'node:crypto';
import { connectEventStore } from './connect-event-store.js';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { EventStore, LogMessage, StreamRange } from './event-store.port.js';
import { collect, newPrefix, newStream, routedTo, teamsOf } from './testing/sample-events.js';
import { serversUnderTest } from '#libs/testing/event-store-servers.js';

const newStreamUnder = (prefix: string) => `${prefix}${randomUUID()}`;

describe.each(serversUnderTest())('reading from $name', ({ start }) => {
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

  const positionsOf = (messages: readonly LogMessage[]) =>
    messages.map((message) => (message.kind === 'position' ? message.position : message.event.position));

  const eventsOf = async (messages: AsyncIterable<LogMessage>) =>
    (await collect(messages)).filter(({ kind }) => kind !== 'position');

  describe('a stream', () => {
    let stream: string;
    beforeAll(async () => {
      stream = newStream();
      await store.append(
        stream,
        'no-stream',
        ['a', 'b', 'c', 'd'].map((team) => routedTo(team)),
      );
    });

    it.each([
      [{}, 'abcd'],
      [{ fromRevision: 2 }, 'cd'],
      [{ toRevision: 1 }, 'ab'],
      [{ fromRevision: 1, toRevision: 2 }, 'bc'],
      [{ fromRevision: 1, maxCount: 1 }, 'b'],
      [{ maxCount: 0 }, ''],
      [{ fromRevision: 4 }, ''],
      [{ direction: 'backwards' }, 'dcba'],
      [{ direction: 'backwards', maxCount: 1 }, 'd'],
      [{ direction: 'backwards', fromRevision: 2, toRevision: 1 }, 'cb'],
      [{ direction: 'backwards', toRevision: 2 }, 'dc'],
      [{ toRevision: 2, maxCount: 2 }, 'ab'],
      [{ fromRevision: 3, toRevision: 1 }, ''],
    ] as const)('%j gives "%s"', async (range, teams) => {
      expect(teamsOf(await collect(store.readStream(stream, range))).join('')).toBe(teams);
    });

    it('that does not exist is empty', async () => {
      expect(await collect(store.readStream(newStream()))).toEqual([]);
      expect(await collect(store.readStream(newStream(), { direction: 'backwards' }))).toEqual([]);
    });

    it('carries what the store knows of an event', async () => {
      const [message] = await collect(store.readStream(stream));
      expect(message).toMatchObject({
        kind: 'event',
        event: { streamId: stream, revision: 0, metadata: { schemaVersion: 1, previousHash: null } },
      });
      const { recordedAt, position } = (message as Extract<LogMessage, { kind: 'event' }>).event;
      expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(position).toMatch(/^\d{20}-\d{20}$/);
    });

    it('can be left in the middle and read again', async () => {
      for (let round = 0; round < 50; round += 1) {
        for await (const message of store.readStream(stream)) {
          expect(message.kind).toBe('event');
          break;
        }
      }
      expect(await collect(store.readStream(stream))).toHaveLength(4);
    });

    it.each([64, 65, 400])(
      'of %i events is whole, in both directions and from any of them',
      async (length) => {
        const long = newStream();
        const teams = Array.from({ length }, (_, index) => String(index));
        await store.append(
          long,
          'no-stream',
          teams.map((team) => routedTo(team)),
        );
        const read = async (range: StreamRange) => teamsOf(await collect(store.readStream(long, range)));
        expect(await read({})).toEqual(teams);
        expect(await read({ fromRevision: 1 })).toEqual(teams.slice(1));
        expect(await read({ direction: 'backwards' })).toEqual(teams.toReversed());
        expect(await read({ direction: 'backwards', toRevision: 2 })).toEqual(teams.slice(2).toReversed());
        expect(await read({ direction: 'backwards', fromRevision: 63 })).toEqual(
          teams.slice(0, 64).toReversed(),
        );
      },
    );
  });

  describe('the log', () => {
    it('gives the streams under the prefixes, in the order of the log, and nothing else', async () => {
      const [ours, other] = [newPrefix(), newPrefix()];
      await store.append(`${ours}1`, 'no-stream', [routedTo('a')]);
      await store.append(`${other}1`, 'no-stream', [routedTo('foreign')]);
      await store.append(`${ours}2`, 'no-stream', [routedTo('b')]);
      await store.append(`${ours}1`, 0, [routedTo('c')]);
      expect(teamsOf(await collect(store.readLog({ prefixes: [ours] })))).toEqual(['a', 'b', 'c']);
    });

    it('begins after one position and ends with another (P-12)', async () => {
      const prefix = newPrefix();
      await store.append(
        `${prefix}1`,
        'no-stream',
        ['a', 'b', 'c', 'd', 'e'].map((team) => routedTo(team)),
      );
      const positions = positionsOf(await eventsOf(store.readLog({ prefixes: [prefix] })));
      for (let first = 0; first < 5; first += 1) {
        const rest = await eventsOf(store.readLog({ prefixes: [prefix], after: positions[first] }));
        expect(positionsOf(rest)).toEqual(positions.slice(first + 1));
        const beginning = await eventsOf(store.readLog({ prefixes: [prefix], until: positions[first] }));
        expect(positionsOf(beginning)).toEqual(positions.slice(0, first + 1));
      }
    });

    it('gives a long one whole, between any two of its places', async () => {
      const prefix = `complaint-${newPrefix()}`;
      const written: string[] = [];
      const before = await store.head(['test', 'complaint-']);
      for (let index = 0; index < 15; index += 1) {
        const events = Array.from({ length: 100 }, () => routedTo('many'));
        await store.append(newStreamUnder(prefix), 'no-stream', events);
      }
      for await (const message of store.readLog({ prefixes: [prefix], after: before }))
        written.push(...positionsOf([message]));
      expect(new Set(written).size).toBe(1500);
      for (const [after, until] of [
        [0, 63],
        [0, 64],
        [10, 330],
        [100, 1499],
        [1435, 1499],
      ] as const) {
        const range = { prefixes: [prefix], after: written[after], until: written[until] };
        const between = positionsOf(await collect(store.readLog(range)));
        expect(between).toEqual(written.slice(after + 1, until + 1));
      }
      expect(written).toEqual([...written].sort());
    });

    it('gives the few among very many, between any two places of the log, and says how far it has read', async () => {
      const [few, many] = [newPrefix(), newPrefix()];
      const written: string[] = [];
      for (const foreign of [0, 700, 3, 1500, 0, 40, 900]) {
        const others = Array.from({ length: foreign }, () => routedTo('foreign'));
        for (let from = 0; from < foreign; from += 100)
          await store.append(newStreamUnder(many), 'no-stream', others.slice(from, from + 100));
        const { position } = await store.append(newStreamUnder(few), 'no-stream', [routedTo('wanted')]);
        written.push(position);
      }
      const tail = await store.append(newStreamUnder(many), 'no-stream', [routedTo('foreign')]);
      const read = async (after?: string, until?: string) =>
        await collect(store.readLog({ prefixes: [few], after, until }));
      const whole = await read();
      expect(positionsOf(whole.slice(0, -1))).toEqual(written);
      expect(whole.at(-1)?.kind).toBe('position');
      expect(positionsOf(whole.slice(-1))[0]! >= tail.position).toBe(true);
      for (const [index, after] of written.entries()) {
        const rest = (await read(after)).filter(({ kind }) => kind !== 'position');
        expect(positionsOf(rest)).toEqual(written.slice(index + 1));
        for (const until of [after, written.at(-2)!]) {
          const between = (await read(written[0], until)).filter(({ kind }) => kind !== 'position');
          expect(positionsOf(between)).toEqual(written.slice(1).filter((position) => position <= until));
        }
      }
    });

    it('can be left early by each of 1,500 readers', async () => {
      const prefix = `complaint-${newPrefix()}`;
      const after = await store.head(['test', 'complaint-']);
      const { position } = await store.append(newStreamUnder(prefix), 'no-stream', [routedTo('a')]);
      for (let index = 0; index < 3; index++) {
        const more = Array.from({ length: 100 }, () => routedTo('more'));
        await store.append(newStreamUnder(prefix), 'no-stream', more);
      }
      const leave = async () => {
        for await (const message of store.readLog({ prefixes: [prefix], after })) {
          expect(positionsOf([message])).toEqual([position]);
          break;
        }
      };
      for (let round = 0; round < 30; round++) await Promise.all(Array.from({ length: 50 }, leave));
    });

    it('can be left in the middle of a filtered read', async () => {
      const prefix = newPrefix();
      for (let index = 0; index < 3; index += 1) {
        await store.append(newStreamUnder(prefix), 'no-stream', [routedTo(String(index))]);
        const others = Array.from({ length: 600 }, () => routedTo('foreign'));
        await store.append(newStream(), 'no-stream', others);
      }
      const read: LogMessage[] = [];
      for await (const message of store.readLog({ prefixes: [prefix] })) {
        read.push(message);
        if (read.length === 2) break;
      }
      expect(teamsOf(read)).toEqual(['0', '1']);
      expect(teamsOf(await collect(store.readLog({ prefixes: [prefix] })))).toEqual(['0', '1', '2']);
    });

    it.each([[[]], [['']], [['$']], [['complaint-', '$ce-']]])(
      'is not read under the prefixes %j (P-11)',
      async (prefixes) => {
        await expect(collect(store.readLog({ prefixes }))).rejects.toThrow('prefixes');
        await expect(store.head(prefixes)).rejects.toThrow('prefixes');
      },
    );
  });

  describe('the head', () => {
    it('is the newest event under the prefixes, whatever else came after it', async () => {
      const [ours, other] = [newPrefix(), newPrefix()];
      expect(await store.head([ours])).toBeUndefined();
      const first = await store.append(`${ours}1`, 'no-stream', [routedTo('a')]);
      expect(await store.head([ours])).toBe(first.position);
      for (let index = 0; index < 5; index += 1) {
        await store.append(`${other}${index}`, 'no-stream', [routedTo('foreign')]);
        expect(await store.head([ours])).toBe(first.position);
      }
      expect(await store.head([newPrefix()])).toBeUndefined();
      const second = await store.append(`${ours}2`, 'no-stream', [routedTo('b')]);
      expect(await store.head([ours])).toBe(second.position);
      expect(await store.head([ours, other])).toBe(second.position);
    });

    it('is found behind any number of other events, as often as anybody asks', async () => {
      const [ours, other] = [newPrefix(), newPrefix()];
      const { position } = await store.append(`${ours}1`, 'no-stream', [routedTo('a')]);
      const foreign = Array.from({ length: 400 }, () => routedTo('foreign'));
      await store.append(`${other}1`, 'no-stream', foreign);
      await store.append(`${ours}2`, 'no-stream', [routedTo('b')]);
      await store.append(`${other}2`, 'no-stream', foreign.slice(0, 5));
      expect(await store.newest([`${ours}1`])).toEqual({ streamId: `${ours}1`, position });
      // Each set of prefixes is looked for anew. A server closes the connection of who cancels a thousand calls at once.
      const { position: last } = (await store.newest([ours]))!;
      const answers = Array.from({ length: 1500 }, (_, asked) => store.head([ours, `nobody-${asked}`]));
      expect(new Set(await Promise.all(answers))).toEqual(new Set([last]));
    });
  });

  it('takes what another program wrote into our streams for undecodable, and goes on', async () => {
    const stream = newStream();
    const other = EventStoreDBClient.connectionString(server.url);
    const credentials = { username: 'none', password: 'none' };
    await other.appendToStream(stream, [jsonEvent({ type: 'Foreign', data: { a: 1 } })], { credentials });
    await other.dispose();
    await store.append(stream, 0, [routedTo('a')]);
    const messages = await collect(store.readStream(stream));
    expect(messages.map(({ kind }) => kind)).toEqual(['undecodable', 'event']);
    expect(messages[0]).toMatchObject({ event: { revision: 0, type: 'Foreign' } });
  });
});
