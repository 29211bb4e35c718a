import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoClient, type Collection } from 'mongodb';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';
import type { CheckReport } from '../storage/check.js';
import { seededRandom, Writer, type Row } from './writer.js';

export interface CrashReport {
  readonly seed: number;
  readonly kills: number;
  /** Bulk writes that were acknowledged before one of the kills. */
  readonly acknowledged: number;
  readonly problems: readonly string[];
}

/** How much is done before each kill, and what it costs: the short form is for every change, the long one for a night. */
export interface CrashSize {
  readonly kills: number;
  /** So many bulk writes are acknowledged before a kill at the most; how many, chance says. */
  readonly mostWrites: number;
}

const writers = 8;
const keysEach = 60;
/** Beyond the last acknowledged write that was waited for: somewhere in a turn, a commit, or between two. */
const longestPauseMs = 30;

/** Writes from several clients at once, kills the server at a random moment, opens again and compares; several times over. */
export async function crashRun(
  seed: number,
  { kills, mostWrites }: CrashSize = { kills: 3, mostWrites: 120 },
): Promise<CrashReport> {
  const random = seededRandom(seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'mongodb-crash-'));
  const problems: string[] = [];
  const all = Array.from({ length: writers }, (_, i) => new Writer(`w${i}`, random, keysEach));
  try {
    for (let kill = 0; kill < kills; kill++) {
      const enough = total(all) + 1 + Math.floor(random() * mostWrites);
      await writeUntilKilled(dataDir, all, enough, random() * longestPauseMs);
      problems.push(...(await compareAll(dataDir, all)));
      problems.push(...(await checkFolder(dataDir)).problems);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return { seed, kills, acknowledged: total(all), problems };
}

const total = (all: readonly Writer[]): number => all.reduce((sum, writer) => sum + writer.acknowledged, 0);

async function withEngine<T>(
  dataDir: string,
  work: (collection: Collection<Row>, engine: StartedEngine, client: MongoClient) => Promise<T>,
): Promise<T> {
  const engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
  const client = new MongoClient(engine.url, { serverSelectionTimeoutMS: 2000, maxPoolSize: writers + 1 });
  try {
    await client.connect();
    return await work(client.db('crash').collection<Row>('rows'), engine, client);
  } finally {
    await client.close(true);
    await engine.stop();
  }
}

function writeUntilKilled(
  dataDir: string,
  all: readonly Writer[],
  enough: number,
  afterMs: number,
): Promise<void> {
  return withEngine(dataDir, async (collection, engine, client) => {
    await collection.createIndexes([
      { key: { group: 1, version: -1 } },
      { key: { tags: 1 } },
      { key: { serial: 1 }, unique: true },
    ]);
    const running = all.map((writer) => writer.run(collection));
    // By what was done, not by the clock alone: on a busy machine next to nothing would be written.
    while (total(all) < enough && all.every(({ ended }) => !ended)) await sleep(2);
    await sleep(afterMs);
    process.kill(engine.pid, 'SIGKILL');
    // Nobody waits for a server that will not come back.
    await client.close(true);
    await Promise.all(running);
  });
}

function compareAll(dataDir: string, all: readonly Writer[]): Promise<string[]> {
  return withEngine(dataDir, async (collection) => {
    const problems: string[] = [];
    for (const writer of all) problems.push(...(await writer.compare(collection)));
    const expected = all
      .flatMap(({ known }) => [...known.values()])
      .filter(({ acknowledged }) => acknowledged !== undefined);
    const counted = await collection.estimatedDocumentCount();
    if (counted !== expected.length)
      problems.push(`counted ${counted} documents, expected ${expected.length}`);
    return problems;
  });
}

/** In a process of its own: the storage is not to be loaded where tests run. */
export async function checkFolder(dataDir: string): Promise<CheckReport> {
  const main = fileURLToPath(
    new URL('../../../dist/libs/embedded-mongodb/crash/check-folder.js', import.meta.url),
  );
  const built = fileURLToPath(new URL('./check-folder.js', import.meta.url));
  const program = import.meta.url.includes('/dist/') ? built : main;
  const { stdout } = await promisify(execFile)(process.execPath, [program, dataDir]);
  return JSON.parse(stdout) as CheckReport;
}
