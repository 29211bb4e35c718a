import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which demo a data folder holds: the same arguments tell the same complaints, so a load that was cut short goes on. */
export interface DemoMark {
  readonly complaints: number;
  /** The moment up to which the demo was told, epoch milliseconds. */
  readonly until: number;
  readonly loaded: boolean;
}

const nameIn = (dataDir: string): string => join(dataDir, 'demo.json');

export async function readDemoMark(dataDir: string): Promise<DemoMark | undefined> {
  try {
    return JSON.parse(await readFile(nameIn(dataDir), 'utf8')) as DemoMark;
  } catch {
    return undefined;
  }
}

export async function writeDemoMark(dataDir: string, mark: DemoMark): Promise<void> {
  await writeFile(nameIn(dataDir), `${JSON.stringify(mark)}\n`);
}
