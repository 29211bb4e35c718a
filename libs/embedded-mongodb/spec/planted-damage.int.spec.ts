import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEngine } from '#libs/engine-host/index.js';
import { checkFolder } from '../crash/crash-run.js';
import { Catalog, type CollectionEntry } from '../storage/catalog.js';
import { openEnvironment, type Environment } from '../storage/environment.js';
import { indexPrefix } from '../storage/records.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongodb-damage-'));
  const engine = await startEngine({ engine: 'mongodb', dataDir: folder, port: 0 });
  const client = await new MongoClient(engine.url).connect();
  const rows = client.db('t').collection('rows');
  await rows.createIndex({ n: 1 });
  await rows.insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
  await client.close(true);
  await engine.stop();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Plant = (environment: Environment, rows: CollectionEntry, catalog: Catalog) => unknown;

async function planted(plant: Plant): Promise<readonly string[]> {
  const environment = openEnvironment(folder);
  const catalog = new Catalog(environment);
  const rows = catalog.find('t.rows') as CollectionEntry;
  environment.root.transactionSync(() => plant(environment, rows, catalog));
  await environment.root.close();
  return (await checkFolder(folder)).problems;
}

function entriesOfN({ entries }: Environment, rows: CollectionEntry): Buffer[] {
  const prefix = indexPrefix(rows.indexes.find(({ name }) => name === 'n_1') as never);
  const end = Buffer.concat([prefix, Buffer.alloc(1, 0xff)]);
  return [...entries.getKeys({ start: prefix, end })].map((key) => Buffer.from(key));
}

/** A view says its length by a property of its own, which copying does not know. */
const copyOf = (view: Buffer): Buffer => Buffer.from(view.subarray(0, view.length));

describe('the check of a data folder names', () => {
  it('nothing, when nothing is wrong', async () => {
    expect(await planted(() => undefined)).toEqual([]);
  });

  it('an index entry without its document', async () => {
    const problems = await planted((environment, rows) => {
      const key = entriesOfN(environment, rows).at(-1) as Buffer;
      key.writeUIntBE(4711, key.length - 6, 6);
      void environment.entries.put(key, Buffer.from([0]));
    });
    expect(problems).toEqual([
      't.rows: index n_1 points to record 4711, which is not there',
      't.rows: index n_1 has 11 entries, its documents make 10',
    ]);
  });

  it('a document without its index entry', async () => {
    let record = -1;
    const problems = await planted((environment, rows) => {
      const key = entriesOfN(environment, rows)[3] as Buffer;
      record = key.readUIntBE(key.length - 6, 6);
      void environment.entries.remove(key);
    });
    expect(problems).toEqual([
      `t.rows: index n_1 lacks record ${record}`,
      't.rows: index n_1 has 9 entries, its documents make 10',
    ]);
  });

  it('a document of which one bit is another', async () => {
    const problems = await planted(({ documents }, { id }) => {
      const key = { collection: id, record: 5 } as never;
      const stored = copyOf(documents.get(key) as Buffer);
      stored[stored.indexOf('n\0') + 2]! ^= 8;
      void documents.put(key, stored);
    });
    expect(problems[0]).toMatch(/^t\.rows: record 5: .*checksum/);
  });

  it('nothing in a document of the first format, which had no checksum', async () => {
    const problems = await planted(({ documents }, { id }) => {
      const key = { collection: id, record: 5 } as never;
      const stored = copyOf(documents.get(key) as Buffer);
      void documents.put(key, stored.subarray(0, stored.readInt32LE(0)));
    });
    expect(problems).toEqual([]);
  });

  it('a wrong count', async () => {
    const problems = await planted((_, rows, catalog) => {
      rows.count = 12;
      catalog.save(rows);
    });
    expect(problems).toEqual(['t.rows: 10 documents, counted 12']);
  });
});

describe('a data file that lost bytes', () => {
  const file = () => join(folder, 'data.mdb');
  const started = () => startEngine({ engine: 'mongodb', dataDir: folder, port: 0 });

  it('is named by the check and refused at the start, and left as it was found', async () => {
    await truncate(file(), 20_000);
    const ends = /its file ends after 20000 bytes of \d+/;
    expect((await checkFolder(folder)).problems).toEqual([expect.stringMatching(ends)]);
    await expect(started()).rejects.toThrow(ends);
    expect((await stat(file())).size).toBe(20_000);
  });

  it('is named by the check also where LMDB gives up on what is left', async () => {
    const bytes = await readFile(file());
    await writeFile(file(), bytes.fill(0xa5, 8192));
    expect((await checkFolder(folder)).problems).toEqual([expect.stringMatching(/^it cannot be read: ./)]);
  });

  it('is served where only free pages are missing', async () => {
    const { size } = await stat(file());
    let engine = await started();
    const client = await new MongoClient(engine.url).connect();
    const filler = client.db('t').collection('filler');
    await filler.insertMany(Array.from({ length: 500 }, (_, n) => ({ n, text: 'x'.repeat(1000) })));
    await filler.drop();
    await client.close(true);
    await engine.stop();
    expect((await stat(file())).size).toBeGreaterThan(size);
    await truncate(file(), (await stat(file())).size - 4096);
    engine = await started();
    await engine.stop();
    expect((await checkFolder(folder)).problems).toEqual([]);
  });
});
