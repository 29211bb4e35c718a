import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEngine, type EngineName, type StartedEngine } from '#libs/engine-host/index.js';

const bin = fileURLToPath(new URL('../bin/complaints.js', import.meta.url));

let dataDir: string;
const running: StartedEngine[] = [];
const clients: EventStoreDBClient[] = [];

async function startOn(dir: string, engine: EngineName): Promise<StartedEngine> {
  const started = await startEngine({ engine, dataDir: join(dir, engine), port: 0 });
  running.push(started);
  return started;
}

function clientOf({ url }: StartedEngine): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  clients.push(client);
  return client;
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'engines-command-'));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await Promise.all(running.splice(0).map((engine) => engine.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

/** `npx complaints engines …` with DATA_DIR set, word for word as an operator types it. */
function engines(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [bin, 'engines', ...args], {
    env: { ...process.env, DATA_DIR: dataDir, EVENTSTORE_URL: '', MONGODB_URL: '' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

async function idsIn(client: EventStoreDBClient): Promise<string[]> {
  const ids: string[] = [];
  for await (const { event } of client.readAll()) ids.push(event!.id);
  return ids;
}

describe('complaints engines', () => {
  it('copies both engines while events are written, and the copy holds what was acknowledged before', async () => {
    const log = clientOf(await startOn(dataDir, 'eventstore'));
    await startOn(dataDir, 'mongodb');
    const acknowledged: string[] = [];
    let over = false;
    const write = async (stream: string) => {
      while (!over) {
        const batch = Array.from({ length: 20 }, (_, n) => jsonEvent({ type: 'Written', data: { n } }));
        await log.appendToStream(stream, batch);
        acknowledged.push(...batch.map(({ id }) => id));
      }
    };
    const writing = Promise.all(['a', 'b', 'c'].map(write));
    while (acknowledged.length < 500) await new Promise((resolve) => setTimeout(resolve, 20));

    const before = [...acknowledged];
    const target = join(dataDir, 'copy');
    const backup = await engines('backup', target);
    over = true;
    await writing;
    expect(backup).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(target) });

    const check = await engines('check', target, '--json');
    const report = JSON.parse(check.stdout) as Record<string, { events?: number; problems: string[] }>;
    expect(report).toMatchObject({ eventstore: { problems: [] }, mongodb: { problems: [] } });
    const restored = clientOf(await startOn(target, 'eventstore'));
    const ids = await idsIn(restored);
    expect(ids).toHaveLength(report['eventstore']!.events!);
    expect(ids).toEqual((await idsIn(log)).slice(0, ids.length));
    expect(ids).toEqual(expect.arrayContaining(before));
    await restored.appendToStream('goes-on', jsonEvent({ type: 'Written', data: {} }));

    const again = await engines('backup', target);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('exists already') });
  });

  it('checks the log while the product runs, and tells damage from a folder in use and from none', async () => {
    const log = clientOf(await startOn(dataDir, 'eventstore'));
    await startOn(dataDir, 'mongodb');
    const written = jsonEvent({ type: 'Written', data: {} });
    await log.appendToStream('a', written);
    const during = await engines('check');
    expect(during.stdout).toContain('sound  eventstore: 1 events');
    expect(during).toMatchObject({ code: 1, stdout: expect.stringContaining('not checked  mongodb: ') });

    await Promise.all(running.splice(0).map((engine) => engine.stop()));
    expect(await engines('check')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('sound  mongodb'),
    });
    const file = await open(join(dataDir, 'eventstore', 'log.mdb'), 'r+');
    const bytes = await file.readFile();
    await file.write('11111111', bytes.indexOf(written.id));
    await file.close();
    const damaged = await engines('check', dataDir);
    expect(damaged).toMatchObject({ code: 1, stdout: expect.stringContaining('DAMAGED  eventstore') });

    await rm(join(dataDir, 'eventstore'), { recursive: true });
    const { code, stdout } = await engines('check');
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [expect.stringContaining('sound  mongodb'), 'absent  eventstore', ''],
    ]);

    const none = await engines('check', join(dataDir, 'nowhere'));
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no data') });
  });
});
