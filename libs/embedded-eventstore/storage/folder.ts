import { mkdir, open, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FolderFormatError,
  inspectDataFile,
  readFormat,
  writeFormat,
  type FolderFormat,
  type FormatMigrations,
} from '#libs/engine-host/index.js';
import { EventLog } from './event-log.js';
import { logFile, openTables } from './log-tables.js';
import { verifyApart } from './verify-apart.js';
import type { LogReport } from './verify-log.js';

/**
 * See log-tables.ts for the tables and stored-event.ts for what is in them. In version 1 the indexes were never behind the events,
 * and events had no checksum: both can be read as they are, but an older release would not know what to make of a newer folder.
 */
export const folderFormat: FolderFormat = { engine: 'embedded-eventstore', version: 2 };
export const folderMigrations: FormatMigrations = { 1: () => Promise.resolve() };

/** The log lost bytes that it had acknowledged. Nothing is changed, nothing is served: a backup has to be restored. */
export class LogDamagedError extends Error {
  readonly code = 'LOG_DAMAGED';
  override readonly name = 'LogDamagedError';
  constructor(
    readonly dir: string,
    problem: string,
  ) {
    super(`The event log in ${dir} is damaged: ${problem}. Restore a backup.`);
  }
}

/**
 * Opens the log of a folder that the caller owns.
 *
 * A file may rightly end before its last page, if the last pages are free ones. So a short file is filled up, since reading
 * beyond the end of a mapped file kills the process, and then served only if every event and every index entry is there.
 */
export async function openLog(dir: string): Promise<EventLog> {
  const path = join(dir, logFile);
  const file = await inspectDataFile(path);
  if (!file || file.size >= file.needed) return served(dir);
  const problem = `its file ends after ${file.size} bytes`;
  if (!Number.isFinite(file.needed)) throw new LogDamagedError(dir, problem);
  await truncate(path, file.needed);
  const { problems } = await verifyApart(dir);
  if (problems.length === 0) return served(dir);
  // As it was found, for whoever comes to rescue what is left.
  await truncate(path, file.size);
  throw new LogDamagedError(dir, `${problem} of ${file.needed}, and ${problems[0] ?? ''}`);
}

async function served(dir: string): Promise<EventLog> {
  const tables = openTables(dir);
  try {
    return new EventLog(tables);
  } catch (error) {
    await tables.root.close();
    throw new LogDamagedError(dir, (error as Error).message);
  }
}

/** Verifies a folder, also one that an engine is writing to. Reads everything: about a second per 100,000 events. */
export async function checkFolder(dir: string): Promise<LogReport> {
  await requireFormat(dir);
  const file = await inspectDataFile(join(dir, logFile));
  if (!file) return { events: 0, streams: 0, head: 0, unchecked: 0, problems: [] };
  if (file.size < file.needed) {
    const problem = `the file ends after ${file.size} bytes${Number.isFinite(file.needed) ? ` of ${file.needed}` : ', before it says what it holds'}`;
    return { events: 0, streams: 0, head: 0, unchecked: 0, problems: [problem] };
  }
  return verifyApart(dir);
}

/**
 * Copies a folder as it stood at one commit, also while an engine is writing to it, into one that is new or empty. The copy is
 * a data folder like any other: to restore it, start an engine on it. Its `format.json` is written last, so that a copy that
 * was interrupted is none.
 */
export async function backupFolder(dir: string, target: string): Promise<void> {
  const format = await requireFormat(dir);
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) throw new Error(`The folder ${target} is not empty.`);
  if (await inspectDataFile(join(dir, logFile))) {
    const { root } = openTables(dir, { readOnly: true });
    try {
      await root.backup(join(target, logFile), true);
    } finally {
      await root.close();
    }
    const copy = await open(join(target, logFile), 'r');
    await copy.sync().finally(() => copy.close());
  }
  await writeFormat(target, format);
}

async function requireFormat(dir: string): Promise<FolderFormat> {
  const found = await readFormat(dir);
  if (!found) throw new FolderFormatError(dir, 'it holds no format.json, so it is no data folder');
  const isKnown = found.version === folderFormat.version || folderMigrations[found.version] !== undefined;
  if (found.engine !== folderFormat.engine || !isKnown) {
    throw new FolderFormatError(dir, `it is of ${found.engine}, version ${found.version}`);
  }
  return found;
}
