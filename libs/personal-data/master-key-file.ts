import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MasterKey, MasterKeyError, masterKeyLength } from './master-key.js';

export interface MasterKeySettings {
  /** PERSONAL_DATA_MASTER_KEY */
  readonly personalDataMasterKey?: string;
  /** DATA_DIR; where an installation without that setting keeps a key of its own. */
  readonly dataDir: string;
}

/** The key given by the setting, or the installation's own, made on first use. @throws MasterKeyError */
export async function openMasterKey(settings: MasterKeySettings): Promise<MasterKey> {
  const given = settings.personalDataMasterKey;
  if (given !== undefined && given !== '') return MasterKey.fromText(given, 'PERSONAL_DATA_MASTER_KEY');
  const file = join(settings.dataDir, 'keys', 'master.key');
  const text = (await readIfThere(file)) ?? (await createOnce(file));
  return MasterKey.fromText(text, file);
}

/**
 * Written whole and durably beside its place, then linked into it: of two processes that start at once, one wins and
 * both use the winner's key; a crash leaves no half of a key.
 */
async function createOnce(file: string): Promise<string> {
  const folder = dirname(file);
  const draft = join(folder, `.master.key.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(draft, `${randomBytes(masterKeyLength).toString('base64')}\n`);
    await link(draft, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    await syncFolder(folder);
  } catch (error) {
    throw unusable(file, error);
  } finally {
    await rm(draft, { force: true });
  }
  return await readFile(file, 'utf8');
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unusable(file, error);
  }
}

function unusable(file: string, error: unknown): MasterKeyError {
  return new MasterKeyError(
    `The key of personal data ${file} cannot be used (${codeOf(error) ?? String(error)}): ` +
      `let this user read and write it, or set PERSONAL_DATA_MASTER_KEY.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
