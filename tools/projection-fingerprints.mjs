// What decides a projection's documents, per version: `sources`, a hash of its own folder's fold, document and indexes
// without comments and layout, `shared`, what it reaches outside its folder (shared-code.mjs), and `behaviour`, the digest
// of what it makes of a fixed history. A change without a new version would leave documents of two kinds in one
// collection, so `--check` fails on it. `--accept` is for a change that provably changes no document, and a decision for
// review.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { ensureBuilt } from './ensure-built.mjs';
import { sharedCode } from './shared-code.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = join(root, 'projections', 'fingerprints.json');

function source(path) {
  const text = readFileSync(path, 'utf8');
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
}

/** Sources of the projections folder that the file reaches, itself included. */
function reached(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles) {
    if (!fileName.startsWith('.')) continue;
    const resolved = resolve(dirname(path), fileName.replace(/\.js$/, '.ts'));
    if (existsSync(resolved)) reached(resolved, seen);
  }
  return seen;
}

/** Without comments and layout: neither decides anything. */
function essence(path) {
  const printer = ts.createPrinter({ removeComments: true });
  return printer.printFile(source(path));
}

function sourcesOf(declaration) {
  const hash = createHash('sha256');
  for (const path of [...reached(declaration)].sort())
    hash.update(`${relative(root, path)}\n${essence(path)}\n`);
  return hash.digest('hex');
}

async function current() {
  ensureBuilt();
  const { PROJECTIONS } = await import('#projections/index.js');
  const { behaviourOf } = await import('#libs/testing/projections/fixed-history.js');
  const found = {};
  const declarations = PROJECTIONS.map(({ name }) =>
    join(root, 'projections', name, `${name}.projection.ts`),
  );
  const shared = sharedCode(root, declarations);
  PROJECTIONS.forEach((projection, index) => {
    found[`${projection.name}:v${projection.version}`] = {
      sources: sourcesOf(declarations[index]),
      shared: shared.get(declarations[index]),
      behaviour: behaviourOf(projection),
    };
  });
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const mode = process.argv[2] ?? '--write';
const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const now = await current();
const changed = Object.keys(now).filter(
  (key) => kept[key] !== undefined && JSON.stringify(kept[key]) !== JSON.stringify(now[key]),
);
const fresh = Object.keys(now).filter((key) => kept[key] === undefined);
const gone = Object.keys(kept).filter((key) => now[key] === undefined);

/** Which of the three has changed, and of what is shared, where. */
function differences(key) {
  const [before, after] = [kept[key], now[key]];
  const found = ['sources', 'behaviour'].filter((part) => before[part] !== after[part]);
  const files = new Set([...Object.keys(before.shared ?? {}), ...Object.keys(after.shared)]);
  found.push(...[...files].filter((file) => before.shared?.[file] !== after.shared[file]));
  return `  ${key}: ${found.join(', ')}`;
}

if (changed.length > 0 && mode !== '--accept') {
  console.error(
    `The code behind these projections has changed:\n${changed.map(differences).join('\n')}\n` +
      'Documents that the old fold wrote would stay as they are beside those of the new one: raise the projection’s ' +
      'version, or, if the change provably changes no document, run "node tools/projection-fingerprints.mjs --accept" ' +
      'and say so in the commit.',
  );
  process.exit(1);
}
if (mode === '--check') {
  if (fresh.length > 0 || gone.length > 0) {
    console.error(
      `projections/fingerprints.json ${[
        ...fresh.map((version) => `does not know ${version}`),
        ...gone.map((version) => `holds ${version}, which is gone`),
      ].join(' and ')}: run "npm run generate:projections".`,
    );
    process.exit(1);
  }
} else {
  writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  console.log(`${Object.keys(now).length} projection versions in ${relative(root, file)}`);
}
