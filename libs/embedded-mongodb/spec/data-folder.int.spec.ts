import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import {
  FolderFormatError,
  FolderInUseError,
  startEngine,
  type StartedEngine,
} from '#libs/engine-host/index.js';
import { checkFolder } from '../crash/crash-run.js';
import { backupInChild } from './backup-in-child.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongodb-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened<T>(
  dataDir: string,
  work: (rows: Collection, engine: StartedEngine) => Promise<T>,
): Promise<T> {
  const engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
  const client = await new MongoClient(engine.url, { serverSelectionTimeoutMS: 5000 }).connect();
  try {
    return await work(client.db('t').collection('rows'), engine);
  } finally {
    await client.close(true);
    await engine.stop();
  }
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    _id: (from + i) as never,
    n: (from + i) % 7,
    tags: ['a', from + i],
  }));

describe('the data folder', () => {
  it('keeps documents, indexes and counts over a restart', async () => {
    await opened(folder, async (c) => {
      await c.createIndex({ n: 1, tags: 1 });
      await c.createIndexes([{ key: { 'deep.serial': 1 }, unique: true, sparse: true }]);
      await c.insertMany(rows(0, 500));
      await c.deleteMany({ n: 3 });
    });
    await opened(folder, async (c) => {
      expect(await c.estimatedDocumentCount()).toBe(429);
      expect(await c.countDocuments({ n: 2, tags: 'a' })).toBe(72);
      expect((await c.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1_tags_1', 'deep.serial_1']);
    });
    expect(await checkFolder(folder)).toMatchObject({ collections: 1, documents: 429, problems: [] });
  });

  it('is refused to a second server while the first one lives', async () => {
    await opened(folder, async () => {
      await expect(startEngine({ engine: 'mongodb', dataDir: folder, port: 0 })).rejects.toThrow(
        FolderInUseError,
      );
    });
    await opened(folder, (c) => c.insertOne({}));
  });

  it('is refused when a newer release wrote it, or another engine', async () => {
    await writeFile(join(folder, 'format.json'), JSON.stringify({ engine: 'embedded-mongodb', version: 99 }));
    await expect(startEngine({ engine: 'mongodb', dataDir: folder, port: 0 })).rejects.toThrow(
      FolderFormatError,
    );
    await writeFile(
      join(folder, 'format.json'),
      JSON.stringify({ engine: 'embedded-eventstore', version: 1 }),
    );
    await expect(startEngine({ engine: 'mongodb', dataDir: folder, port: 0 })).rejects.toThrow(
      FolderFormatError,
    );
  });

  it('opens with a torn page at its end, which no finished write left there', async () => {
    await opened(folder, (c) => c.insertMany(rows(0, 300)));
    await appendFile(join(folder, 'data.mdb'), Buffer.alloc(3000, 0xa5));
    await opened(folder, async (c) => {
      expect(await c.countDocuments({})).toBe(300);
      await c.insertMany(rows(300, 300));
    });
    expect((await checkFolder(folder)).problems).toEqual([]);
  });

  it('sweeps what a drop left behind, also after a kill', async () => {
    await opened(folder, async (c, engine) => {
      await c.createIndex({ n: 1 });
      await c.insertMany(rows(0, 20_000));
      await c.drop();
      process.kill(engine.pid, 'SIGKILL');
    });
    await opened(folder, async (c) => {
      expect(await c.countDocuments({})).toBe(0);
      await c.insertMany(rows(0, 10));
    });
    expect(await checkFolder(folder)).toMatchObject({ documents: 10, problems: [] });
  });

  it('can be copied while it is written to, and the copy is whole', async () => {
    const copy = join(folder, 'copy');
    const live = join(folder, 'live');
    await mkdir(live);
    await opened(live, async (c) => {
      await c.createIndex({ n: 1 });
      await c.insertMany(rows(0, 2000));
      const writing = (async () => {
        for (let i = 0; i < 40; i++) await c.insertMany(rows(10_000 + i * 50, 50));
      })();
      await backupInChild(live, copy);
      await writing;
    });
    const report = await checkFolder(copy);
    expect(report.problems).toEqual([]);
    await opened(copy, async (c) => {
      const count = await c.countDocuments({});
      expect(count).toBe(report.documents);
      expect(count).toBeGreaterThanOrEqual(2000);
      // A bulk insert is not one transaction: the copy may stand in the middle of one, at a whole document.
    });
  });
});

/** A small file system of its own; not everybody may mount one. */
function mountSmall(target: string, megabytes: number, remount = false): boolean {
  try {
    const options = `${remount ? 'remount,' : ''}size=${megabytes}m`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', target], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a full disk', () => {
  it('is an error to the writer; what was acknowledged stays, and there is more when there is space', async () => {
    const small = join(folder, 'small');
    await mkdir(small);
    if (!mountSmall(small, 6)) return;
    try {
      await opened(small, async (c) => {
        let written = 0;
        let code: unknown;
        while (code === undefined) {
          const part = Array.from({ length: 20 }, (_, i) => ({
            _id: (written + i) as never,
            text: 'x'.repeat(10_000),
          }));
          code = await c.insertMany(part).then(
            () => ((written += 20), undefined),
            (error: unknown) => (error as { code?: unknown }).code,
          );
        }
        expect(code).toBe(14031);
        expect(written).toBeGreaterThan(0);
        expect(await c.countDocuments({})).toBe(written);
        expect(mountSmall(small, 32, true)).toBe(true);
        await c.insertOne({ _id: 'after' as never });
        expect(await c.countDocuments({})).toBe(written + 1);
      });
      expect((await checkFolder(small)).problems).toEqual([]);
    } finally {
      execFileSync('umount', ['-l', small]);
    }
  });
});
