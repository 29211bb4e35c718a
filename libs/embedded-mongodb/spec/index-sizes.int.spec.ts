import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';

interface Sizes {
  readonly indexSizes: Record<string, number>;
  readonly totalIndexSize: number;
}

let folder: string;
let engine: StartedEngine;
let client: MongoClient;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongodb-sizes-'));
  engine = await startEngine({ engine: 'mongodb', dataDir: folder, port: 0 });
  client = await new MongoClient(engine.url).connect();
});
afterEach(async () => {
  await client.close(true);
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

const sizesOf = async (rows: Collection): Promise<Sizes> =>
  (await client.db('t').command({ collStats: rows.collectionName })) as never;

const fill = (rows: Collection, from: number, count: number) =>
  rows.insertMany(Array.from({ length: count }, (_, i) => ({ n: from + i, tags: ['a', from + i] })));

describe('the sizes of indexes', () => {
  it('are those of their entries, and grow with the documents', async () => {
    const rows = client.db('t').collection('rows');
    await rows.createIndexes([{ key: { n: 1 } }, { key: { tags: 1 } }, { key: { no: 1 }, sparse: true }]);
    await fill(rows, 0, 500);
    const few = await sizesOf(rows);
    const [id = 0, n = 0, tags = 0] = ['_id_', 'n_1', 'tags_1'].map((name) => few.indexSizes[name]);
    // An entry takes ten bytes beside its key.
    expect(id).toBeGreaterThan(500 * (10 + 12));
    expect(n).toBeGreaterThan(500 * 10);
    expect(tags).toBeGreaterThan(n);
    expect(few.indexSizes['no_1']).toBe(0);
    expect(few.totalIndexSize).toBe(id + n + tags);

    await fill(rows, 500, 4500);
    await rows.deleteMany({ n: { $gte: 1000, $lt: 2000 } });
    const many = await sizesOf(rows);
    expect((many.indexSizes['n_1'] ?? 0) / n).toBeCloseTo(8, 0);
    const database = await client.db('t').command({ dbStats: 1 });
    expect(database['indexSize']).toBe(many.totalIndexSize);

    await rows.deleteMany({});
    expect(await sizesOf(rows)).toMatchObject({ totalIndexSize: 0 });
  });
});
