/**
 * Packages that are no dependencies, because they are large or contradict ours: installed without their install scripts into a
 * folder that is removed afterwards.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs npm with `args` here, in an environment that tells it where the packages are, and takes over its exit code.
 * @param {readonly string[]} packages with their versions
 * @param {(folder: string) => Record<string, string>} environment
 * @param {readonly string[]} args
 */
export function npmWithPackages(packages, environment, args) {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  const npm = (what, options) =>
    spawnSync('npm', what, { stdio: 'inherit', shell: process.platform === 'win32', ...options }).status ?? 1;
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const install = ['install', ...packages, '--ignore-scripts', '--no-audit', '--no-fund'];
    process.exitCode = npm(install, { cwd: folder });
    if (process.exitCode === 0)
      process.exitCode = npm(args, { env: { ...process.env, ...environment(folder) } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
