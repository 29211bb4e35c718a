import { MongoClient, type Collection, type Document } from 'mongodb';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';
import { memoryOf, quantile, round, timings, type Report } from './bench-mongodb-report.js';

/** What people ask of a large collection, by its indexes. */
function questions(
  c: Collection,
  count: number,
  complaint: (i: number) => Document,
): [string, (n: number) => Promise<unknown>][] {
  const some = (n: number) => complaint((n * 7_368_787) % count);
  return [
    ['by id', (n) => c.findOne({ _id: some(n)['_id'] as never })],
    ['equality: the one of a position', (n) => c.find({ position: some(n)['position'] as string }).toArray()],
    [
      'equality, sort and limit: 50 of a team by due date',
      (n) =>
        c
          .find({ team: some(n)['team'] as string })
          .sort({ dueAt: 1 })
          .limit(50)
          .toArray(),
    ],
    [
      'range: 50 positions from one on',
      (n) =>
        c
          .find({ position: { $gte: some(n)['position'] as string } })
          .sort({ position: 1 })
          .limit(50)
          .toArray(),
    ],
    ['sort and limit: the last 50', () => c.find().sort({ position: -1 }).limit(50).toArray()],
    [
      'compound prefix, range and sort: 50 of a status due from a day on',
      (n) => {
        const { status, dueAt } = some(n) as { status: string; dueAt: Date };
        return c
          .find({ status, dueAt: { $gte: dueAt } })
          .sort({ dueAt: 1 })
          .limit(50)
          .toArray();
      },
    ],
    [
      'two indexes to choose from: 50 of a team and a status by due date',
      (n) => {
        const { team, status } = some(n) as { team: string; status: string };
        return c.find({ team, status }).sort({ dueAt: 1 }).limit(50).toArray();
      },
    ],
    ['count of a team', (n) => c.countDocuments({ team: some(n)['team'] as string })],
  ];
}

/** Opens a large collection and asks it; the collection is there already and its server stopped. */
export async function askLarge(
  report: Report,
  dataDir: string,
  complaint: (i: number) => Document,
): Promise<StartedEngine> {
  const opening = performance.now();
  const engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
  const opened = performance.now() - opening;
  const client = await new MongoClient(engine.url).connect();
  try {
    const c = client.db('bench').collection('complaints');
    const count = await c.estimatedDocumentCount();
    report.row(`opening ${round(count)} documents, the process included`, `${opened.toFixed(0)} ms`);
    const before = await memoryOf(client, engine.pid);
    for (const [name, ask] of questions(c, count, complaint)) {
      const taken = await timings(name.startsWith('count') ? 10 : 300, ask);
      report.row(name, `p50 ${round(quantile(taken, 0.5))} ms, p99 ${round(quantile(taken, 0.99))} ms`);
    }
    const after = await memoryOf(client, engine.pid);
    report.row('heap of the server before and after', `${before.heap} MB, ${after.heap} MB`);
    report.row('its memory besides pages of files, before and after', `${before.own} MB, ${after.own} MB`);
  } finally {
    await client.close();
  }
  return engine;
}
