// Compiles the sources when dist/ is missing or older than them, so that no command runs stale code.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.(ts|json)$/.test(path) ? stat.mtimeMs : 0;
  let latest = 0;
  for (const name of readdirSync(path)) {
    if (name !== 'node_modules') latest = Math.max(latest, newest(join(path, name)));
  }
  return latest;
}

/** Builds if need be; a failed build ends the process with the compiler's own words. */
export function ensureBuilt() {
  const sources = ['apps', 'libs', 'projections', 'test', 'tsconfig.json', 'tsconfig.build.json'];
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (!existsSync(compiler)) {
    if (builtAt > 0) return;
    console.error('There is no build in dist/ and no compiler to make one: run "npm ci" first.');
    process.exit(1);
  }
  if (builtAt >= Math.max(...sources.map((source) => newest(join(root, source))))) return;
  const started = new Date();
  const run = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
