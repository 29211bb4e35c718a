import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(
  new URL('../../../dist/libs/embedded-mongodb/crash/backup-folder.js', import.meta.url),
);

/** As the command line does it: by another process than the server's. */
export async function backupInChild(dataDir: string, target: string): Promise<void> {
  await promisify(execFile)(process.execPath, [program, dataDir, target]);
}
