import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** An event as some release wrote it, and, for an older version, what it reads as today. */
export interface GoldenEvent {
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly newest?: Readonly<Record<string, unknown>>;
}

const folder = join(process.cwd(), 'test', 'golden-events');
const CHECKSUMS = 'checksums.json';

export function goldenFileNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== CHECKSUMS)
    .sort();
}

export function goldenEvent(name: string): GoldenEvent {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as GoldenEvent;
}

export function checksumOf(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
}

export function recordedChecksums(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, CHECKSUMS), 'utf8')) as Record<string, string>;
}
