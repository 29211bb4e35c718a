import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startTestEngines, type TestEngines } from '#libs/testing/embedded-engines.js';
import { PROJECTIONS } from '#projections/index.js';
import { codeOfThePage, compileInPlace } from './page-code.js';

const FOLDER = 'routing-facts';
const root = process.cwd();

/** The repository as it is, but for what the page has written into it. */
async function builtWith(scripts: ReadonlyMap<string, string>): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'add-a-projection-'));
  await cp(join(root, 'package.json'), join(copy, 'package.json'));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  await mkdir(join(copy, 'dist'));
  for (const name of ['apps', 'libs', 'test'])
    await symlink(join(root, 'dist', name), join(copy, 'dist', name));
  await cp(join(root, 'dist/projections'), join(copy, 'dist/projections'), { recursive: true });
  for (const [name, script] of scripts) {
    await mkdir(dirname(join(copy, 'dist', name)), { recursive: true });
    await writeFile(join(copy, 'dist', name), script);
  }
  return copy;
}

/** The sources beside such a build, as what takes fingerprints reads them; the build counts as theirs. */
async function addSources(copy: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const name of ['libs', 'projections', 'tools', 'tsconfig.json', 'tsconfig.build.json'])
    await cp(join(root, name), join(copy, name), { recursive: true });
  for (const [name, text] of files) {
    await mkdir(dirname(join(copy, name)), { recursive: true });
    await writeFile(join(copy, name), text);
  }
  await mkdir(join(copy, 'apps'));
  await mkdir(join(copy, 'test'));
  await writeFile(join(copy, 'dist/.built'), '');
}

/** The command's exit code and all that it said. */
function run(cwd: string, command: string, ...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    const child = execFile(command, args, { cwd }, (_, stdout, stderr) => {
      done({ code: child.exitCode ?? -1, said: stdout + stderr });
    });
  });
}

const REGISTRY = 'projections/projections.ts';

/** The registry of today with what the page adds to its own: whoever has followed the page has one projection more. */
function registered(page: string): string {
  const isNew = (line: string) => line.includes('routingFacts');
  const [imported, entered] = page.split('\n').filter(isNew);
  return readFileSync(REGISTRY, 'utf8')
    .replace(/^import/m, `${imported}\nimport`)
    .replace('[] = [', `[] = [\n${entered}\n`);
}

describe('the how-to on adding a projection', () => {
  const page = codeOfThePage('docs/how-to/add-a-projection.md', FOLDER);
  const files = new Map(page).set(REGISTRY, registered(page.get(REGISTRY)!));
  let engines: TestEngines;
  let copy: string;
  let complaints: string[];

  beforeAll(async () => {
    const compiled = compileInPlace(files);
    complaints = compiled.complaints;
    [copy, engines] = await Promise.all([builtWith(compiled.scripts), startTestEngines()]);
  });
  afterAll(async () => {
    await engines.stop();
    await rm(copy, { recursive: true, force: true });
  });

  it('shows six small files and the registry, and the compiler has nothing to say about them', () => {
    expect([...files.keys()]).toEqual([
      ...['document', 'fold', 'projection', 'queries', 'module', 'spec'].map(
        (role) => `projections/${FOLDER}/${FOLDER}.${role}.ts`,
      ),
      'projections/projections.ts',
    ]);
    for (const text of page.values()) expect(text.split('\n').length).toBeLessThan(40);
    expect(complaints).toEqual([]);
  });

  it('registers it beside all that were there', async () => {
    const before = await readFile(REGISTRY, 'utf8');
    const shown = page
      .get(REGISTRY)!
      .split('\n')
      .filter((line) => line.startsWith('import'));
    expect(shown.filter((line) => !before.includes(line))).toEqual([expect.stringContaining(FOLDER)]);
  });

  it('has its fingerprint recorded by the command that it names, beside those that were there', async () => {
    await addSources(copy, files);
    const text = await readFile('docs/how-to/add-a-projection.md', 'utf8');
    const [, named] = /^npm run (generate:\w+)$/m.exec(text)!;
    const { code, said } = await run(copy, 'npm', 'run', named!);
    expect([code, said]).toEqual([
      0,
      expect.stringContaining(`${PROJECTIONS.length + 1} projection versions`),
    ]);
    const kept = async (folder: string): Promise<Record<string, unknown>> =>
      JSON.parse(await readFile(join(folder, 'projections/fingerprints.json'), 'utf8'));
    const { [`${FOLDER}:v1`]: fresh, ...others } = await kept(copy);
    expect(fresh).toHaveProperty('behaviour');
    expect(others).toEqual(await kept(root));
  });

  it('gives a read model that the engine builds and keeps, whose queries answer, and whose own test passes', async () => {
    const script = join(copy, 'dist/run-the-page.mjs');
    await cp(join(root, 'test/docs/run-the-page.mjs'), script);
    const urls = { eventStore: engines.eventStore.url, mongo: engines.mongo.url };
    const child = fork(script, [JSON.stringify(urls)], { execArgv: ['--preserve-symlinks-main'] });
    const told: unknown[] = [];
    child.on('message', (message) => told.push(message));
    const [code] = (await once(child, 'exit')) as [number | null];
    expect({ code, told }).toEqual({
      code: 0,
      told: [
        {
          ownTests: ['routing facts count how often a complaint was routed'],
          answer: [
            ['SK-2026-000002', 3],
            ['SK-2026-000001', 1],
            ['SK-2026-000003', 0],
          ],
          verified: { sound: true, documents: 3 },
        },
      ],
    });
  });
});
