import { ANY, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';
import type { LogReport } from '../storage/verify-log.js';

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'eventstore-spec-'));
export const removeFolder = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true });

export const start = (dataDir: string, port = 0): Promise<StartedEngine> =>
  startEngine({ engine: 'eventstore', dataDir, port });

export async function withEngine<T>(
  dataDir: string,
  use: (engine: StartedEngine, client: EventStoreDBClient) => Promise<T>,
): Promise<T> {
  const engine = await start(dataDir);
  const client = EventStoreDBClient.connectionString(engine.url);
  try {
    return await use(engine, client);
  } finally {
    await client.dispose();
    await engine.stop();
  }
}

export async function fill(
  client: EventStoreDBClient,
  events: number,
  size = 500,
  streams = 10,
): Promise<void> {
  for (let written = 0; written < events; written += 100) {
    const batch = Array.from({ length: Math.min(100, events - written) }, (_, n) =>
      jsonEvent({ type: 'Filled', data: { n: written + n, pad: 'x'.repeat(size) } }),
    );
    await client.appendToStream(`filled-${(written / 100) % streams}`, batch, { expectedRevision: ANY });
  }
}

const library = new URL('../../../dist/libs/embedded-eventstore/index.js', import.meta.url).href;

/** In a process of its own: lmdb is not loaded into a test runner's. */
async function call<T>(name: 'checkFolder' | 'backupFolder', ...args: string[]): Promise<T> {
  const script = `const { ${name} } = await import(${JSON.stringify(library)});
    const say = (word) => process.stdout.write(JSON.stringify(word));
    await ${name}(...${JSON.stringify(args)}).then((value) => say({ value }), ({ name, message }) => say({ error: { name, message } }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const { value, error } = JSON.parse(stdout) as { value: T; error?: { name: string; message: string } };
  if (error) throw Object.assign(new Error(error.message), { name: error.name });
  return value;
}

export const checkFolder = (dir: string): Promise<LogReport> => call('checkFolder', dir);
export const backupFolder = (dir: string, target: string): Promise<void> => call('backupFolder', dir, target);
