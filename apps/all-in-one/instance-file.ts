import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the instance that owns a data folder answers; for commands run beside it. */
export interface Instance {
  readonly pid: number;
  readonly url: string;
  readonly startedAt: string;
  /** Where its embedded engines listen; servers named by settings are not repeated here, nor are their passwords. */
  readonly eventStoreUrl?: string;
  readonly mongoUrl?: string;
}

const nameIn = (dataDir: string): string => join(dataDir, 'instance.json');

export async function announceInstance(
  dataDir: string,
  whereabouts: Pick<Instance, 'url' | 'eventStoreUrl' | 'mongoUrl'>,
): Promise<void> {
  const instance: Instance = { pid: process.pid, startedAt: new Date().toISOString(), ...whereabouts };
  await writeFile(nameIn(dataDir), `${JSON.stringify(instance)}\n`);
}

export async function withdrawInstance(dataDir: string): Promise<void> {
  await rm(nameIn(dataDir), { force: true });
}

/** The last announcement; after a crash its author may be gone, so whoever reads it asks the url before trusting it. */
export async function readInstance(dataDir: string): Promise<Instance | undefined> {
  try {
    return JSON.parse(await readFile(nameIn(dataDir), 'utf8')) as Instance;
  } catch {
    return undefined;
  }
}
