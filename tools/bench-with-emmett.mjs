/**
 * The projections' benchmark with emmett 0.20 beside our engine. Its peers contradict our own packages' versions, so it is no
 * dependency: it is installed without install scripts into a folder that is removed afterwards.
 * `npm run bench:projections:emmett -- [options of bench:projections]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = ['@event-driven-io/emmett@0.20.0', 'web-streams-polyfill@4'];

const folder = mkdtempSync(join(tmpdir(), 'emmett-'));
const run = (command, args, options) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options }).status ?? 1;
try {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = ['install', ...PACKAGES, '--ignore-scripts', '--no-audit', '--no-fund'];
  process.exitCode = run('npm', install, { cwd: folder });
  if (process.exitCode === 0) {
    const env = { ...process.env, EMMETT: folder };
    process.exitCode = run('npm', ['run', 'bench:projections', '--', ...process.argv.slice(2)], { env });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
