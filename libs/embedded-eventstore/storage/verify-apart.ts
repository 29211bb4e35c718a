import { fileURLToPath } from 'node:url';
import { runApart } from '#libs/engine-host/index.js';
import type { LogReport } from './verify-log.js';

const main = fileURLToPath(new URL('verify-main.js', import.meta.url));

/** Verifies a log in a process of its own. */
export async function verifyApart(dir: string): Promise<LogReport> {
  try {
    return (await runApart(main, dir)) as LogReport;
  } catch (error) {
    const problem = `it cannot be read: ${(error as Error).message}`;
    return { events: 0, streams: 0, head: 0, unchecked: 0, problems: [problem] };
  }
}
