import { EventStoreDBClient } from '@eventstore/db-client';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEngine } from '#libs/engine-host/index.js';
import { crowds } from './eventstore-crowds.js';
import { fillLog, fillStream } from './eventstore-load.js';
import { liveBeside, quantile } from './eventstore-neighbour.js';

/**
 * How a client that does honest work fares beside one that does not, and what memory that takes. `npm run
 * bench:eventstore:bounds`; Linux only, since the engine's memory is read from /proc.
 */
const dataDir = await mkdtemp(join(tmpdir(), 'bench-bounds-'));
const engine = await startEngine({ engine: 'eventstore', dataDir, port: 0 });
const client = EventStoreDBClient.connectionString(engine.url);
const child = fileURLToPath(new URL('eventstore-crowds.js', import.meta.url));
const rows: string[] = [];
try {
  await fillLog(client, 1_000_000);
  await fillStream(client, 'long', 100_000);
  for (const name of Object.keys(crowds)) rows.push(await rowOf(name));
} finally {
  await client.dispose();
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
}
console.log(`\n1,100,000 events in the log, Node ${process.version}, ${cpus().length} cores\n`);
console.log(
  '| beside | done | append, ms | read of 10, ms | memory, MB |\n| --- | --- | ---: | ---: | ---: |',
);
for (const row of rows) console.log(row);

async function rowOf(name: string): Promise<string> {
  let done: string | undefined;
  const started = performance.now();
  const crowd = fork(child, [name, engine.url], { execArgv: [] });
  crowd.once('message', (word: string) => (done = word));
  crowd.once('exit', () => (done ??= 'it ended early'));
  const beside = await liveBeside(client, engine.pid, () => done !== undefined);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(`${name}: ${done} in ${seconds} s`);
  const memory = `${beside.memoryBefore.toFixed(0)} → ${beside.memoryMost.toFixed(0)}`;
  const cells = [
    name,
    `${done || '–'} in ${seconds} s`,
    spread(beside.appends),
    spread(beside.reads),
    memory,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Median, 99th of 100, longest. */
function spread(values: readonly number[]): string {
  return [quantile(values, 0.5), quantile(values, 0.99), Math.max(...values)]
    .map((value) => value.toFixed(1))
    .join(' / ');
}
