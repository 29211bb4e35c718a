import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '#libs/engine-host/index.js';
import { compare } from './compare.js';
import { Random } from './random.js';
import { writeUntilGone, type Attempt } from './writers.js';

export interface CrashRun {
  readonly seed: number;
  readonly appends: number;
  readonly acknowledged: number;
  readonly problems: readonly string[];
}

const acknowledgedOf = (attempts: readonly Attempt[]): number =>
  attempts.filter((attempt) => attempt.acknowledged).length;

/**
 * Writes concurrently, kills the engine with -9 at a random moment, opens its folder again, and holds what is there against
 * what was acknowledged. The moment is not repeatable by the seed; what is written is.
 *
 * @param lives how often the engine is killed, each time on the folder of the time before
 */
export async function crashRun(seed: number, lives = 3): Promise<CrashRun> {
  const random = new Random(seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'eventstore-crash-'));
  const attempts: Attempt[] = [];
  const problems: string[] = [];
  let acknowledged = 0;
  try {
    for (let life = 0; life < lives && problems.length === 0; life++) {
      await writeAndKill(dataDir, random, attempts);
      acknowledged = acknowledgedOf(attempts);
      const engine = await startEngine({ engine: 'eventstore', dataDir, port: 0 });
      problems.push(...(await compare(engine.url, attempts)));
      await engine.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return { seed, appends: attempts.length, acknowledged, problems };
}

async function writeAndKill(dataDir: string, random: Random, attempts: Attempt[]): Promise<void> {
  const life = { over: false };
  const engine = await startEngine({
    engine: 'eventstore',
    dataDir,
    port: 0,
    onExit: () => {
      life.over = true;
    },
  });
  const writing = writeUntilGone(engine.url, random, attempts, () => life.over);
  // By what was done, not by the clock alone: a busy machine would be killed before its first commit each time.
  const enough = acknowledgedOf(attempts) + random.between(0, 200);
  while (acknowledgedOf(attempts) < enough && !life.over) await pause(2);
  await pause(random.between(0, 20));
  process.kill(engine.pid, 'SIGKILL');
  await writing;
}
