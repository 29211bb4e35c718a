import { mkdir, open as openFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { open } from 'lmdb';
import { writeFormat, readFormat } from '#libs/engine-host/index.js';
import { shortOf, StoreDamagedError } from './data-folder.js';
import { databaseFile } from './environment.js';
import { folderFormat } from './format.js';

/**
 * A consistent copy of a folder, also while an engine writes to it: the copy is made of one state of the storage, that of the
 * moment it began.
 * @param target a folder that is empty or not there
 */
export async function backupMongodbFolder(dataDir: string, target: string): Promise<void> {
  const format = await readFormat(dataDir);
  if (format?.engine !== folderFormat.engine)
    throw new Error(`${dataDir} is no data folder of ${folderFormat.engine}`);
  const problem = await shortOf(dataDir);
  if (problem !== undefined) throw new StoreDamagedError(dataDir, problem);
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) throw new Error(`${target} is not empty`);
  const source = open({
    path: join(dataDir, databaseFile),
    noSubdir: true,
    readOnly: true,
    overlappingSync: false,
  });
  try {
    await source.backup(join(target, databaseFile), false);
  } finally {
    await source.close();
  }
  const copy = await openFile(join(target, databaseFile), 'r+');
  await copy.sync().finally(() => copy.close());
  // Last: a folder without it is no copy.
  await writeFormat(target, format);
}
