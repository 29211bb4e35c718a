import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { startEngine } from '#libs/engine-host/index.js';
import { checkFolder } from '../crash/crash-run.js';
import { openEnvironment } from '../storage/environment.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongodb-first-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened<T>(work: (rows: Collection<{ _id: number; n: number }>) => Promise<T>): Promise<T> {
  const engine = await startEngine({ engine: 'mongodb', dataDir: folder, port: 0 });
  const client = await new MongoClient(engine.url).connect();
  try {
    return await work(client.db('t').collection('rows'));
  } finally {
    await client.close(true);
    await engine.stop();
  }
}

/** Bytes by which each stored document is longer than it says itself; with a change, what is stored instead. */
async function surplus(change?: (stored: Buffer) => Buffer): Promise<number[]> {
  const { root, documents } = openEnvironment(folder);
  const found: number[] = [];
  root.transactionSync(() => {
    for (const key of [...documents.getKeys()]) {
      const view = documents.get(key) as Buffer;
      const stored = Buffer.from(view.subarray(0, view.length));
      found.push(stored.length - stored.readInt32LE(0));
      if (change) void documents.put(key, change(stored));
    }
  });
  await root.close();
  return found;
}

describe('a folder of the first format, whose documents had no checksum', () => {
  it('is taken over: read, found by its indexes, checked, and given checksums as it is written', async () => {
    await opened(async (rows) => {
      await rows.createIndex({ n: 1 });
      await rows.insertMany(Array.from({ length: 20 }, (_, _id) => ({ _id, n: _id % 4 })));
    });
    expect(await surplus((stored) => stored.subarray(0, stored.readInt32LE(0)))).toEqual(
      new Array<number>(20).fill(4),
    );
    const format = join(folder, 'format.json');
    await writeFile(format, JSON.stringify({ engine: 'embedded-mongodb', version: 1 }));

    await opened(async (rows) => {
      expect(await rows.find({ n: 3 }).hint({ n: 1 }).sort({ _id: 1 }).toArray()).toHaveLength(5);
      await rows.updateMany({ n: 3 }, { $inc: { n: 10 } });
      await rows.deleteOne({ _id: 0 });
      await rows.insertOne({ _id: 20, n: 13 });
      expect(await rows.countDocuments({ n: 13 })).toBe(6);
    });
    expect(JSON.parse(await readFile(format, 'utf8'))).toMatchObject({ version: 2 });
    expect(await checkFolder(folder)).toMatchObject({ documents: 20, problems: [] });
    expect((await surplus()).filter((bytes) => bytes === 4)).toHaveLength(6);
  });
});
