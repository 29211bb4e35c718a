import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupFolder, checkFolder } from '#libs/embedded-eventstore/index.js';
import { backupMongodbFolder, checkMongodbFolder } from '#libs/embedded-mongodb/index.js';
import { FolderFormatError, FolderInUseError } from '#libs/engine-host/index.js';
import { readSettings } from '#libs/settings/index.js';
import { EXIT, UsageError } from '../output/failures.js';

interface Report {
  readonly problems: readonly string[];
  /** Why there is no verdict, for a folder that cannot be checked now. */
  readonly notChecked?: string;
}

const ENGINES = [
  { name: 'eventstore', check: (dir: string): Promise<Report> => checkFolder(dir), backup: backupFolder },
  {
    name: 'mongodb',
    check: (dir: string): Promise<Report> => checkMongodbFolder(dir),
    backup: backupMongodbFolder,
  },
] as const;

/** Upkeep of the embedded engines' folders; while the product runs, the log is checked and both are copied. */
export function addEngines(program: Command): void {
  const engines = program.command('engines').description("The embedded engines' data: check it, copy it.");
  engines
    .command('check [folder]')
    .description(
      'hold counts, indexes and order of positions against the data (default: DATA_DIR). ' +
        'While the product runs only the log is checked',
    )
    .option('--json', 'machine-readable')
    .action(async (folder: string | undefined, { json }: { json?: boolean }) => {
      const dir = dataFolder(folder);
      const reports: Record<string, Report> = {};
      for (const { name, check } of presentIn(dir))
        reports[name] = await checkOrSayWhyNot(check, join(dir, name));
      console.log(json ? JSON.stringify(reports) : [textOf(reports), ...absentFrom(dir)].join('\n'));
      if (Object.values(reports).some((report) => !isSound(report))) process.exitCode = EXIT.failed;
    });
  engines
    .command('backup <target>')
    .description(
      'copy each engine as it stands at one commit into a folder that is new. Stop the product first for a copy of one moment: ' +
        'while it runs, texts of customers first seen between the two copies could not be opened from them',
    )
    .action(async (target: string) => {
      const from = dataFolder(undefined);
      const to = resolve(target);
      if (existsSync(to)) throw new UsageError(`${target} exists already; name a folder that is new.`);
      // Read models first: a log that is newer than they are only means that they catch up; the reverse is refused at start.
      for (const { name, backup } of presentIn(from).reverse())
        await backup(join(from, name), join(to, name));
      console.log(
        `Copied to ${to}. Keep a copy of keys/ and auth/ elsewhere: without keys/master.key no personal text can be read.`,
      );
    });
}

const isSound = ({ problems, notChecked }: Report): boolean => problems.length === 0 && !notChecked;

/** One engine's folder that is in use, or of another release, does not keep the other's verdict back. */
async function checkOrSayWhyNot(check: (dir: string) => Promise<Report>, dir: string): Promise<Report> {
  try {
    return await check(dir);
  } catch (error) {
    if (error instanceof FolderInUseError || error instanceof FolderFormatError)
      return { problems: [], notChecked: error.message };
    throw error;
  }
}

/** The product keeps the data of those engines only whose servers no setting names. */
const presentIn = (dir: string) => ENGINES.filter(({ name }) => existsSync(join(dir, name)));

const absentFrom = (dir: string): string[] =>
  ENGINES.filter(({ name }) => !existsSync(join(dir, name))).map(({ name }) => `absent  ${name}`);

function dataFolder(folder: string | undefined): string {
  const dir = folder === undefined ? readSettings(process.env).dataDir : resolve(folder);
  if (presentIn(dir).length > 0) return dir;
  throw new UsageError(
    `${dir} holds no data of the embedded engines: neither ${ENGINES.map(({ name }) => `${name}/`).join(' nor ')}.`,
  );
}

function textOf(reports: Readonly<Record<string, Report>>): string {
  return Object.entries(reports)
    .map(([name, { problems, notChecked, ...counts }]) => {
      if (notChecked) return `not checked  ${name}: ${notChecked}`;
      const figures = Object.entries(counts).map(([what, count]) => `${String(count)} ${what}`);
      const head = `${problems.length === 0 ? 'sound' : 'DAMAGED'}  ${name}: ${figures.join(', ')}`;
      return [head, ...problems.map((problem) => `         ${problem}`)].join('\n');
    })
    .join('\n');
}
