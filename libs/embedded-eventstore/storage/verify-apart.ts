import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LogReport } from './verify-log.js';

const main = fileURLToPath(new URL('verify-main.js', import.meta.url));

/** Verifies a log in a process of its own: on some damage LMDB does not return an error, it aborts. */
export async function verifyApart(dir: string): Promise<LogReport> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [main, dir], {
      maxBuffer: 16 * 1024 * 1024,
    });
    return JSON.parse(stdout) as LogReport;
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.trim().split('\n')[0] ?? String(error);
    return { events: 0, streams: 0, head: 0, unchecked: 0, problems: [`it cannot be read: ${words}`] };
  }
}
