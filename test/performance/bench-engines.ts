import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Every figure of both embedded engines in one run, each beside the raw limit of the same run: `npm run bench:engines`. A million
 * events and a million documents are written, so that opening and finding are measured on them. With the machine alone.
 */
const parts: readonly (readonly [name: string, file: string, ...args: string[]])[] = [
  ['event store', 'bench-eventstore.js', '--events', '1000000'],
  ['document store', 'bench-mongodb.js', '--open', '1000000'],
];
const started = performance.now();
for (const [name, file, ...args] of parts) {
  console.log(`\n## The embedded ${name}`);
  const main = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, [main, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
console.log(`\nIn ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`);
