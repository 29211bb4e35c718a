import { ANY, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFolder, fill, newFolder, removeFolder, withEngine } from './engine-under-test.js';

const run = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

/** Needs the right to mount a small tmpfs. */
const mountable = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = spawnSync('mktemp', ['-d']).stdout.toString().trim();
  const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe);
  if (mounted) run('umount', probe);
  run('rmdir', probe);
  return mounted;
})();

if (!mountable)
  process.stderr.write(
    '\nSKIPPED, not passed: the event store on a full disk. It needs Linux and the right to mount a tmpfs.\n',
  );

(mountable ? describe : describe.skip)('the event store on a full disk', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await newFolder();
    run('mount', '-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', dir);
  });
  afterEach(async () => {
    run('umount', dir);
    await removeFolder(dir);
  });

  it('answers with an error, keeps what it acknowledged, and goes on when there is space', async () => {
    const ballast = join(dir, 'ballast');
    await withEngine(dir, async (_engine, client) => {
      await writeFile(ballast, Buffer.alloc(3 * 1024 * 1024));
      const acknowledged = await fillUp(client);
      await expect(append(client, 'one-more')).rejects.toMatchObject({ type: 'unknown' });
      expect(await countOf(client)).toBe(acknowledged);
      await rm(ballast);
      await append(client, 'after');
      await fill(client, 100, 10);
      expect(await countOf(client)).toBe(acknowledged + 20 + 100);
    });
    expect((await checkFolder(dir)).problems).toEqual([]);
  });
});

async function append(client: EventStoreDBClient, stream: string): Promise<void> {
  const batch = Array.from({ length: 20 }, () =>
    jsonEvent({ type: 'Filled', data: { pad: 'x'.repeat(5000) } }),
  );
  await client.appendToStream(stream, batch, { expectedRevision: ANY });
}

async function fillUp(client: EventStoreDBClient): Promise<number> {
  for (let acknowledged = 0; ; acknowledged += 20) {
    try {
      await append(client, `until-full-${acknowledged % 100}`);
    } catch {
      return acknowledged;
    }
  }
}

async function countOf(client: EventStoreDBClient): Promise<number> {
  let events = 0;
  for await (const _ of client.readAll()) events++;
  return events;
}
