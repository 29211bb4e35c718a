import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { asFolderError, FolderFormatError } from './folder-errors.js';
import { isLockFile } from './folder-lock.js';

/** What `format.json` in a data folder says about the files beside it. */
export interface FolderFormat {
  readonly engine: string;
  readonly version: number;
}

/** Brings a folder from the version of its key to the next one. */
export type FormatMigrations = Readonly<Partial<Record<number, (dir: string) => Promise<void>>>>;

const fileName = 'format.json';
const unfinished = 'format.json.new';

/**
 * Writes the format into a fresh folder, accepts the one that is there, migrates an older one, and refuses everything else.
 * To be called by the folder's owner (see lockFolder) before any other file is touched.
 */
export async function claimFormat(
  dir: string,
  format: FolderFormat,
  migrations: FormatMigrations = {},
): Promise<void> {
  const found = await readFormat(dir);
  if (!found) {
    const strangers = (await readdir(dir)).filter((name) => !isLockFile(name) && name !== unfinished);
    if (strangers.length > 0) {
      throw new FolderFormatError(
        dir,
        `it holds files (${strangers.slice(0, 3).join(', ')}) but no ${fileName}, so it is no data folder of ${format.engine}`,
      );
    }
    await writeFormat(dir, format);
    return;
  }
  refuseForeign(dir, found, format);
  for (let version = found.version; version < format.version; version++) {
    const migrate = migrations[version];
    if (!migrate) {
      throw new FolderFormatError(
        dir,
        `its format is version ${version} of ${format.engine}, which this release no longer reads (it reads ${format.version})`,
      );
    }
    await migrate(dir);
    await writeFormat(dir, { ...format, version: version + 1 });
  }
}

/** The format that a folder states, or undefined where there is none. Throws when it cannot be understood. */
export async function readFormat(dir: string): Promise<FolderFormat | undefined> {
  let text: string;
  try {
    text = await readFile(join(dir, fileName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { engine, version } = JSON.parse(text) as Partial<FolderFormat>;
    if (typeof engine === 'string' && Number.isInteger(version))
      return { engine, version: version as number };
  } catch {
    // Reported below, together with a well-formed file of the wrong shape.
  }
  throw new FolderFormatError(dir, `its ${fileName} cannot be understood`);
}

function refuseForeign(dir: string, found: FolderFormat, wanted: FolderFormat): void {
  if (found.engine !== wanted.engine) {
    throw new FolderFormatError(dir, `it belongs to ${found.engine}, not to ${wanted.engine}`);
  }
  if (found.version > wanted.version) {
    throw new FolderFormatError(
      dir,
      `its format is version ${found.version} of ${found.engine}, written by a newer release; this one reads up to ${wanted.version}`,
    );
  }
}

/** Atomic and on disk when it returns. */
export async function writeFormat(dir: string, format: FolderFormat): Promise<void> {
  try {
    const file = await open(join(dir, unfinished), 'w');
    try {
      await file.writeFile(`${JSON.stringify(format)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(join(dir, unfinished), join(dir, fileName));
    const folder = await open(dir, 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    throw asFolderError(dir, error);
  }
}
