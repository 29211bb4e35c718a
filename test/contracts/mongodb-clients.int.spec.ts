import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoClient as MongoClient6 } from 'mongodb-6';
import mongoose from 'mongoose';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';

/** Clients that nobody here wrote do the same reads and writes. */
describe('the embedded document store', () => {
  let dataDir: string;
  let engine: StartedEngine;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mongodb-clients-'));
    engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
  });
  afterAll(async () => {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('serves the driver of version 6', async () => {
    const client = await new MongoClient6(engine.url).connect();
    const c = client.db('six').collection<{ _id: number; n: number }>('rows');
    await c.createIndex({ n: 1 });
    await c.bulkWrite(
      Array.from({ length: 200 }, (_, _id) => ({
        replaceOne: { filter: { _id }, replacement: { n: _id % 5 }, upsert: true },
      })),
      { ordered: false },
    );
    expect(await c.countDocuments({ n: 3 })).toBe(40);
    expect((await c.find({ n: 3 }).sort({ _id: -1 }).limit(2).toArray()).map(({ _id }) => _id)).toEqual([
      198, 193,
    ]);
    expect(await c.findOneAndUpdate({ _id: 7 }, { $inc: { n: 10 } }, { returnDocument: 'after' })).toEqual({
      _id: 7,
      n: 12,
    });
    await expect(c.insertOne({ _id: 7, n: 0 })).rejects.toMatchObject({ code: 11000 });
    const session = client.startSession();
    await expect(
      session.withTransaction(() => c.insertOne({ _id: 999, n: 0 }, { session })),
    ).rejects.toThrow();
    expect(await c.countDocuments({ _id: 999 })).toBe(0);
    await client.close();
  });

  it('serves mongoose, with its indexes, its versions and its populate', async () => {
    const connection = await mongoose.createConnection(engine.url, { dbName: 'goose' }).asPromise();
    const Team = connection.model(
      'Team',
      new mongoose.Schema({ code: String, name: String }).index({ code: 1 }, { unique: true }),
    );
    const Complaint = connection.model(
      'Complaint',
      new mongoose.Schema(
        {
          subject: String,
          team: { type: mongoose.Schema.Types.ObjectId, ref: 'Team' },
          tags: [String],
        },
        { timestamps: true },
      ).index({ subject: 1 }),
    );
    await Promise.all([Team.init(), Complaint.init()]);
    const team = await Team.create({ code: 'plumbing', name: 'Plumbing' });
    await expect(Team.create({ code: 'plumbing' })).rejects.toMatchObject({ code: 11000 });
    const complaint = await Complaint.create({ subject: 'Leak', team: team._id, tags: ['a'] });
    complaint.tags.push('b');
    await complaint.save();
    const [found] = await Complaint.find({ subject: /^Le/ }).populate('team').lean();
    expect(found).toMatchObject({ tags: ['a', 'b'], team: { name: 'Plumbing' } });
    expect(
      await Complaint.aggregate([{ $unwind: '$tags' }, { $group: { _id: '$tags' } }, { $sort: { _id: 1 } }]),
    ).toEqual([{ _id: 'a' }, { _id: 'b' }]);
    expect(await Complaint.updateMany({}, { $set: { subject: 'Water' } })).toMatchObject({
      modifiedCount: 1,
    });
    expect(await Complaint.exists({ subject: 'Water' })).not.toBeNull();
    await connection.close();
  });

  // Debian's package is for Debian's own interpreter, which need not be the first on the path.
  const python = ['python3', '/usr/bin/python3'].find((path) => installed(path, ['-c', 'import pymongo']));
  (python ? it : it.skip)('serves pymongo, where python3-pymongo is installed', async () => {
    const script = fileURLToPath(new URL('mongodb/pymongo-check.py', import.meta.url));
    const { stdout } = await promisify(execFile)(python ?? '', [script, engine.url]);
    expect(stdout.trim()).toBe('ok');
  });

  const shell = process.env['MONGOSH'] ?? 'mongosh';
  (installed(shell, ['--version']) ? it : it.skip)(
    'serves mongosh, where it is installed or MONGOSH names it (npm run test:mongosh)',
    async () => {
      const script = fileURLToPath(new URL('mongodb/mongosh-check.js', import.meta.url));
      const { stdout } = await promisify(execFile)(shell, [
        engine.url,
        '--quiet',
        '--norc',
        '--file',
        script,
      ]);
      expect(stdout.trim().endsWith('ok')).toBe(true);
    },
  );
});

function installed(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
