// Writes docs/reference/events.md and docs/reference/schemas/ from the event contracts and the golden events.
// With --check nothing is written: it fails when a page does not say what the code says.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';
import { eventCatalogue } from './event-catalogue-page.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reference = join(root, 'docs', 'reference');
const schemaFolder = join(reference, 'schemas');
const golden = join(root, 'test', 'golden-events');

ensureBuilt();
const contracts = await import('../dist/libs/event-contracts/index.js');
const domain = await import('../dist/libs/complaint-domain/index.js');

function published(name, title, schema) {
  const head = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:complaint-ledger:${name}`,
    title,
  };
  return JSON.stringify({ ...head, ...schema }, null, 2) + '\n';
}

function example(type, version) {
  return JSON.parse(readFileSync(join(golden, `${type}.v${version}.json`), 'utf8')).data;
}

function wantedFiles() {
  const files = new Map([
    [join(reference, 'events.md'), eventCatalogue(contracts, domain, example)],
    [
      join(schemaFolder, 'metadata.json'),
      published('event-metadata', 'Metadata of every event', contracts.METADATA_SCHEMA),
    ],
  ]);
  for (const type of contracts.KNOWN_EVENT_TYPES) {
    contracts.schemasOf(type).forEach((schema, index) => {
      const version = index + 1;
      const name = `${type}.v${version}`;
      files.set(
        join(schemaFolder, `${name}.json`),
        published(`event:${name}`, `${type}, version ${version}`, schema),
      );
    });
  }
  return files;
}

function strayFiles(files) {
  if (!existsSync(schemaFolder)) return [];
  return readdirSync(schemaFolder)
    .map((name) => join(schemaFolder, name))
    .filter((path) => !files.has(path));
}

const files = wantedFiles();
if (process.argv.includes('--check')) {
  const stale = [...files]
    .filter(([path, content]) => !existsSync(path) || readFileSync(path, 'utf8') !== content)
    .map(([path]) => path);
  const wrong = [...stale, ...strayFiles(files)].map((path) => relative(root, path));
  if (wrong.length > 0) {
    console.error(
      `Out of date: ${wrong.join(', ')}. Run "npm run generate:events" and commit what it writes.`,
    );
    process.exit(1);
  }
} else {
  mkdirSync(schemaFolder, { recursive: true });
  for (const path of strayFiles(files)) rmSync(path);
  for (const [path, content] of files) writeFileSync(path, content);
  console.log(`Wrote ${files.size} files under ${relative(root, reference)}.`);
}
