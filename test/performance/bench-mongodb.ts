import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BSON, MongoClient, type Collection, type Document } from 'mongodb';
import { startEngine } from '#libs/engine-host/index.js';
import { askLarge } from './bench-mongodb-large.js';
import { percent, quantile, Report, round, timings } from './bench-mongodb-report.js';
import { serverFromMemory } from './ping-from-memory.js';
import { bareDecoding, bareGroup, bareUpserts } from './bench-mongodb-limits.js';

/**
 * What the embedded document store does, the driver included, beside what the parts below it do alone in the same run.
 * `npm run bench:mongodb [-- --documents 100000 --open 1000000]`
 */
const { values } = parseArgs({
  options: { documents: { type: 'string', default: '100000' }, open: { type: 'string', default: '1000000' } },
});
const documents = Number(values.documents);
const openDocuments = Number(values.open);
const batchSize = 500;

const report = new Report(['what', 'measured', 'limit', 'ratio']);
const row = report.row.bind(report);

/** Like a read model's: texts, numbers, dates, some nesting. */
export const complaint = (i: number): Document => ({
  _id: `complaint-${String(i).padStart(8, '0')}`,
  revision: i % 12,
  position: String(i).padStart(20, '0'),
  status: ['received', 'routed', 'open', 'resolved', 'closed'][i % 5],
  team: `team-${i % 20}`,
  category: `category-${i % 37}`,
  dueAt: new Date(1.7e12 + ((i * 7919) % 1_000_003) * 1000),
  subject: `Water comes through the ceiling of flat ${i}`,
  elapsed: (i * 31) % 10_000,
  customer: { ref: `c-${i % 5000}`, kind: 'owner' },
});

/** A later state, which stands elsewhere in every index. */
const later = (i: number): Document => ({ ...complaint(i + 1_000_001), _id: complaint(i)['_id'] as string });

async function upserts(c: Collection, from: number, count: number, make = complaint): Promise<number> {
  const started = performance.now();
  for (let i = from; i < from + count; i += batchSize) {
    await c.bulkWrite(
      Array.from({ length: Math.min(batchSize, from + count - i) }, (_, n) => {
        const { _id, ...replacement } = make(i + n);
        return { replaceOne: { filter: { _id: _id as never }, replacement, upsert: true } };
      }),
      { ordered: false },
    );
  }
  return count / ((performance.now() - started) / 1000);
}

/** Per second. */
async function pings(asking: MongoClient, inFlight: number, milliseconds: number): Promise<number> {
  const admin = asking.db('admin');
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (; performance.now() - started < milliseconds; done++) await admin.command({ ping: 1 });
    }),
  );
  return (1000 * done) / (performance.now() - started);
}

/** The median time of a call in milliseconds. */
const timed = async (times: number, work: (i: number) => Promise<unknown>): Promise<number> =>
  quantile(await timings(times, work), 0.5);

const dataDir = await mkdtemp(join(tmpdir(), 'bench-mongodb-'));
let engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
const client = await new MongoClient(engine.url).connect();
try {
  const c = client.db('bench').collection('complaints');
  await c.createIndexes([
    { key: { team: 1, dueAt: 1 } },
    { key: { status: 1, dueAt: 1 } },
    { key: { position: 1 } },
  ]);

  const bare = await bareUpserts(join(dataDir, 'bare'), documents, batchSize, complaint);
  const rate = await upserts(c, 0, documents);
  row(
    `upserts in batches of ${batchSize}, 3 indexes, durable`,
    `${round(rate)}/s`,
    `lmdb alone, the same bytes and entries: ${round(bare)}/s`,
    percent(rate, bare),
  );
  row('the same bulks again, which change nothing', `${round(await upserts(c, 0, documents))}/s`);
  row('replaced by a later state, all indexes changed', `${round(await upserts(c, 0, documents, later))}/s`);
  await upserts(c, 0, documents);

  const ping = await timed(2000, () => client.db('admin').command({ ping: 1 }));
  const memory = await serverFromMemory();
  const driver = await new MongoClient(memory.url).connect();
  const alone = await timed(2000, () => driver.db('admin').command({ ping: 1 }));
  const beside = 'the driver and a server that answers from memory';
  row(
    'ping, one after another',
    `${round(1000 / ping)}/s`,
    `${beside}: ${round(1000 / alone)}/s`,
    percent(alone, ping),
  );
  await pings(client, 64, 1000);
  await pings(driver, 64, 1000);
  const [many, manyAlone] = [await pings(client, 64, 3000), await pings(driver, 64, 3000)];
  row('ping, 64 in flight', `${round(many)}/s`, `${beside}: ${round(manyAlone)}/s`, percent(many, manyAlone));
  await driver.close();
  memory.stop();

  const byId = await timed(500, (i) => c.findOne({ _id: complaint((i * 977) % documents)['_id'] as never }));
  row('find by id', `${byId.toFixed(2)} ms`, `ping: ${ping.toFixed(2)} ms`, percent(ping, byId));
  const byIndex = await timed(300, (i) =>
    c
      .find({ team: `team-${i % 20}` })
      .sort({ dueAt: 1 })
      .limit(50)
      .toArray(),
  );
  const fifty = BSON.serialize({ batch: Array.from({ length: 50 }, (_, i) => complaint(i)) });
  const decoding = bareDecoding(fifty, 300);
  row(
    'find 50 by a compound index, sorted',
    `${byIndex.toFixed(2)} ms`,
    `ping and decoding of 50: ${(ping + decoding).toFixed(2)} ms`,
    percent(ping + decoding, byIndex),
  );
  const grouped = await timed(15, () =>
    c
      .aggregate([
        { $match: { status: { $ne: 'received' } } },
        { $group: { _id: '$team', n: { $sum: 1 }, elapsed: { $avg: '$elapsed' }, last: { $max: '$dueAt' } } },
      ])
      .toArray(),
  );
  const groupLimit = bareGroup(join(dataDir, 'bare'), 5);
  row(
    `$match and $group over ${round(documents)}`,
    `${grouped.toFixed(0)} ms`,
    `lmdb's iteration and BSON.deserialize: ${groupLimit.toFixed(0)} ms`,
    percent(groupLimit, grouped),
  );
  const all = await timed(3, async () => {
    for await (const _ of c.find().batchSize(2000));
  });
  row('reading everything', `${round(documents / (all / 1000))}/s`);

  if (openDocuments > documents) await upserts(c, documents, openDocuments - documents);
  await client.close();
  await engine.stop();
  engine = await askLarge(report, dataDir, complaint);
} finally {
  await client.close();
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
}

console.log(`\n${cpus().length} × ${cpus()[0]?.model ?? ''}, Node ${process.version}`);
report.print();
