import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { cp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderFormatError, FolderInUseError, PortTakenError, startEngine } from '#libs/engine-host/index.js';
import {
  backupFolder,
  checkFolder,
  fill,
  newFolder,
  removeFolder,
  start,
  withEngine,
} from './engine-under-test.js';

let dir: string;
let target: string;
beforeEach(async () => {
  dir = await newFolder();
  target = await newFolder();
});
afterEach(() => Promise.all([removeFolder(dir), removeFolder(target)]));

const count = (folder: string) =>
  withEngine(folder, async (_engine, client) => {
    let events = 0;
    for await (const _ of client.readAll({ fromPosition: START })) events++;
    return events;
  });

describe('a data folder of the event store', () => {
  it('has one owner: a second engine is refused, and one after it is not', async () => {
    await withEngine(dir, async () => {
      await expect(start(dir)).rejects.toThrow(FolderInUseError);
    });
    await withEngine(dir, () => Promise.resolve());
  });

  it.each([
    ['a newer release', '{"engine":"embedded-eventstore","version":3}', /version 3/, /newer release/],
    ['an older release', '{"engine":"embedded-eventstore","version":0}', /version 0/, /no longer reads/],
    ['another engine', '{"engine":"embedded-mongodb","version":1}', /embedded-mongodb/, /embedded-mongodb/],
    ['a torn write', '{"engine":"embedded-ev', /cannot be understood/, /cannot be understood/],
  ])(
    'whose format is that of %s is not opened, checked or copied, and keeps its events',
    async (...cells) => {
      const [, text, word, wordAtStart] = cells;
      await withEngine(dir, (_engine, client) => fill(client, 10));
      const format = join(dir, 'format.json');
      const written = await readFile(format, 'utf8');
      await writeFile(format, text);
      const started = start(dir);
      await expect(started).rejects.toThrow(FolderFormatError);
      await expect(started).rejects.toThrow(wordAtStart);
      await expect(checkFolder(dir)).rejects.toThrow(word);
      await expect(backupFolder(dir, target)).rejects.toThrow(word);
      expect(await readdir(target)).toEqual([]);
      await writeFile(format, written);
      expect(await count(dir)).toBe(10);
    },
  );

  it('is verified, also while it is written to', async () => {
    await withEngine(dir, async (_engine, client) => {
      await fill(client, 500);
      const writing = fill(client, 500);
      const during = await checkFolder(dir);
      expect(during.problems).toEqual([]);
      expect(during.events).toBeGreaterThanOrEqual(500);
      await writing;
    });
    const sound = { events: 1000, streams: 5, head: 1000, unchecked: 0, problems: [] };
    expect(await checkFolder(dir)).toEqual(sound);
  });

  it('is sound before its first event', async () => {
    await withEngine(dir, () => Promise.resolve());
    expect(await checkFolder(dir)).toMatchObject({ events: 0, problems: [] });
    await expect(checkFolder(target)).rejects.toThrow(/no data folder/);
  });

  it('is copied at one moment while it is written to, and the copy is a folder like any other', async () => {
    await withEngine(dir, async (_engine, client) => {
      await fill(client, 1000);
      const writing = fill(client, 1000);
      await backupFolder(dir, target);
      await writing;
    });
    const copied = await checkFolder(target);
    expect(copied.problems).toEqual([]);
    expect(copied.events).toBeGreaterThanOrEqual(1000);
    expect(await count(target)).toBe(copied.events);
    await withEngine(target, (_engine, client) => fill(client, 100));
    expect(await checkFolder(target)).toMatchObject({ events: copied.events + 100, problems: [] });
  });

  it('whose index was behind its events when the engine was killed is whole again at the next start', async () => {
    const engine = await startEngine({
      engine: 'eventstore',
      dataDir: dir,
      port: 0,
      onExit: () => undefined,
    });
    const client = EventStoreDBClient.connectionString(engine.url);
    const repeated = jsonEvent({ type: 'Repeated', data: {} });
    await fill(client, 2500);
    const first = await client.appendToStream('filled-3', repeated);
    process.kill(engine.pid, 'SIGKILL');
    await client.dispose();
    expect(await checkFolder(dir)).toMatchObject({ events: 2501, streams: 10, problems: [] });
    await withEngine(dir, async (_engine, again) => {
      expect(await again.appendToStream('filled-3', repeated)).toEqual(first);
      const revisions: bigint[] = [];
      for await (const { event } of again.readStream('filled-3')) revisions.push(event!.revision);
      expect(revisions).toEqual(Array.from({ length: 301 }, (_, n) => BigInt(n)));
      await fill(again, 1500, 10, 15);
    });
    expect(await checkFolder(dir)).toMatchObject({ events: 4001, streams: 15, problems: [] });
  });

  it('of the first version is taken over', async () => {
    await withEngine(dir, (_engine, client) => fill(client, 100));
    await writeFile(join(dir, 'format.json'), '{"engine":"embedded-eventstore","version":1}');
    expect(await checkFolder(dir)).toMatchObject({ events: 100, problems: [] });
    expect(await count(dir)).toBe(100);
    expect(await readFile(join(dir, 'format.json'), 'utf8')).toContain('"version":2');
  });

  it('is not copied over another', async () => {
    await withEngine(dir, (_engine, client) => fill(client, 10));
    await writeFile(join(target, 'mine.txt'), 'kept');
    await expect(backupFolder(dir, target)).rejects.toThrow(/not empty/);
    await removeFolder(join(target, 'mine.txt'));
    await backupFolder(dir, target);
    expect(await count(target)).toBe(10);
  });
});

describe('a damaged log', () => {
  let sound: string;
  beforeAll(async () => {
    sound = await newFolder();
    await withEngine(sound, (_engine, client) => fill(client, 2000));
  });
  afterAll(() => removeFolder(sound));
  beforeEach(() => cp(sound, dir, { recursive: true }));
  const log = () => join(dir, 'log.mdb');
  const size = async () => (await readFile(log())).length;

  it('that lost its last pages is refused, and left as it was found', async () => {
    const whole = await size();
    await truncate(log(), whole - 400_000);
    expect((await checkFolder(dir)).problems).not.toEqual([]);
    await expect(start(dir)).rejects.toThrow(/damaged.*Restore a backup/);
    expect(await size()).toBe(whole - 400_000);
  });

  it.each([1, 4096])('that lost %i bytes at its end is served only if they held nothing', async (lost) => {
    await truncate(log(), (await size()) - lost);
    const served = await count(dir).catch((error: unknown) => String(error));
    if (served === 2000) expect(await checkFolder(dir)).toMatchObject({ events: 2000, problems: [] });
    else expect(served).toMatch(/damaged/);
  });

  it.each([10, 5000])('of which only %i bytes are left is refused', async (left) => {
    await truncate(log(), left);
    await expect(start(dir)).rejects.toThrow(/damaged/);
  });

  it('whose file goes on after the last commit, as a torn write leaves it, is served whole', async () => {
    const bytes = await readFile(log());
    await writeFile(log(), Buffer.concat([bytes, Buffer.alloc(6000, 0xa5)]));
    expect(await checkFolder(dir)).toMatchObject({ events: 2000, problems: [] });
    expect(await count(dir)).toBe(2000);
    await withEngine(dir, (_engine, client) => fill(client, 300));
    expect(await checkFolder(dir)).toMatchObject({ events: 2300, problems: [] });
  });

  it('is found by a check when a single bit of an event is another, which is named', async () => {
    const bytes = await readFile(log());
    const at = bytes.indexOf(Buffer.from('"n":1234,'));
    bytes[at + 20]! ^= 1;
    await writeFile(log(), bytes);
    const { problems } = await checkFolder(dir);
    expect(problems).toEqual([expect.stringMatching(/^the event at position 1235: .*checksum/)]);
  });
});

describe('starting the event store', () => {
  it('falls back to a free port only where it is allowed to', async () => {
    await withEngine(dir, async (first) => {
      await expect(start(target, first.port)).rejects.toThrow(PortTakenError);
      const second = await startEngine({
        engine: 'eventstore',
        dataDir: target,
        port: first.port,
        fallBackToFreePort: true,
      });
      expect(second).toMatchObject({ portTaken: true });
      expect(second.port).not.toBe(first.port);
      await second.stop();
    });
  });
});
