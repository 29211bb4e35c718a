import {
  claimFormat,
  FolderFormatError,
  inspectDataFile,
  lockFolder,
  readFormat,
} from '#libs/engine-host/index.js';
import { join } from 'node:path';
import type { CheckReport } from './check.js';
import { checkApart, damaged, shortOf } from './data-folder.js';
import { databaseFile } from './environment.js';
import { folderFormat, folderMigrations } from './format.js';

/** Verifies a folder that no engine has open. */
export async function checkMongodbFolder(dataDir: string): Promise<CheckReport> {
  if (!(await readFormat(dataDir)))
    throw new FolderFormatError(dataDir, 'it holds no format.json, so it is no data folder');
  const lock = await lockFolder(dataDir, 0);
  try {
    await claimFormat(dataDir, folderFormat, folderMigrations);
    const problem = await shortOf(dataDir);
    if (problem !== undefined) return damaged(problem);
    // Opening would create what is not there.
    const file = await inspectDataFile(join(dataDir, databaseFile));
    return file ? await checkApart(dataDir) : { collections: 0, documents: 0, indexEntries: 0, problems: [] };
  } finally {
    await lock.release();
  }
}
