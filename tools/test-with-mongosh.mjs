/**
 * Runs the other clients' tests with MongoDB's own shell too. It is 150 MB of packages, some with install scripts, so it is no
 * dependency: it is installed without those scripts into a folder that is removed afterwards. `npm run test:mongosh`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'mongosh-'));
const run = (command, args, options) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options }).status ?? 1;
try {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = ['install', 'mongosh@2', '--ignore-scripts', '--no-audit', '--no-fund'];
  process.exitCode = run('npm', install, { cwd: folder });
  if (process.exitCode === 0) {
    const env = { ...process.env, MONGOSH: join(folder, 'node_modules', '.bin', 'mongosh') };
    process.exitCode = run('npm', ['test', '--', 'test/contracts/mongodb-clients'], { env });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
