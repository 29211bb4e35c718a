import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectDataFile, runApart } from '#libs/engine-host/index.js';
import type { CheckReport } from './check.js';
import { databaseFile } from './environment.js';

const main = fileURLToPath(new URL('check-main.js', import.meta.url));

/** The store lost bytes that it had acknowledged. Nothing is changed, nothing is served. */
export class StoreDamagedError extends Error {
  readonly code = 'STORE_DAMAGED';
  override readonly name = 'StoreDamagedError';
  constructor(dir: string, problem: string) {
    super(`The document store in ${dir} is damaged: ${problem}. Restore a backup.`);
  }
}

/** Checks the storage of a folder that the caller owns, in a process of its own. */
export async function checkApart(dir: string): Promise<CheckReport> {
  try {
    return (await runApart(main, dir)) as CheckReport;
  } catch (error) {
    return damaged(`it cannot be read: ${(error as Error).message}`);
  }
}

/** Undefined where the file is as long as it says, or there is none yet. */
export async function shortOf(dir: string): Promise<string | undefined> {
  const file = await inspectDataFile(join(dir, databaseFile));
  if (!file || file.size >= file.needed) return undefined;
  const rest = Number.isFinite(file.needed) ? ` of ${file.needed}` : ', before it says what it holds';
  return `its file ends after ${file.size} bytes${rest}`;
}

/**
 * Makes the file of a folder that the caller owns fit to be mapped: reading beyond the end of a mapped file kills the process. A
 * file may rightly end before its last page, if the last pages are free ones. So a short one is filled up, and served only if
 * everything is there.
 */
export async function makeReadable(dir: string): Promise<void> {
  const problem = await shortOf(dir);
  if (problem === undefined) return;
  const path = join(dir, databaseFile);
  const { size, needed } = (await inspectDataFile(path)) ?? { size: 0, needed: Infinity };
  if (!Number.isFinite(needed)) throw new StoreDamagedError(dir, problem);
  await truncate(path, needed);
  const { problems } = await checkApart(dir);
  if (problems.length === 0) return;
  // As it was found, for whoever comes to rescue what is left.
  await truncate(path, size);
  throw new StoreDamagedError(dir, `${problem}, and ${problems[0] ?? ''}`);
}

export const damaged = (problem: string): CheckReport => ({
  collections: 0,
  documents: 0,
  indexEntries: 0,
  problems: [problem],
});
