// Writes docs/reference/cli.md from what the command line says about itself.
// With --check nothing is written: it fails when the page does not say what the commands say.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureBuilt } from './ensure-built.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'docs', 'reference', 'cli.md');
const run = promisify(execFile);

ensureBuilt();

async function help(...args) {
  const bin = join(root, 'apps', 'cli', 'bin', 'complaints.js');
  const { stdout } = await run(process.execPath, [bin, ...args, '--help'], { cwd: root });
  return stdout.trimEnd();
}

async function wanted() {
  const whole = await help();
  const names = [...whole.matchAll(/^ {2}([a-z-]+) .*$/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'help');
  const pages = await Promise.all(names.map((name) => help(name)));
  return [
    '# Command line',
    '<!-- Made by `npm run generate:cli`; change the commands, not this page. -->',
    'Run it as `npx complaints` in the folder of the repository.',
    `\`\`\`text\n${whole}\n\`\`\``,
    ...names.flatMap((name, index) => [`## complaints ${name}`, `\`\`\`text\n${pages[index]}\n\`\`\``]),
    '',
  ].join('\n\n');
}

const text = `${(await wanted()).trimEnd()}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  console.error(
    'docs/reference/cli.md is out of date: run "npm run generate:cli" and commit what it writes.',
  );
  process.exitCode = 1;
}
