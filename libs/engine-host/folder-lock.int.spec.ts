import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUseError, FolderNotWritableError, lockFolder } from './index.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-lock-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const fresh = () => mkdtemp(join(root, 'd-'));

/** A process of its own that takes the lock and says so. */
async function owner(dir: string): Promise<ChildProcess> {
  const script = join(root, 'owner.mjs');
  const lib = new URL('../../dist/libs/engine-host/index.js', import.meta.url).href;
  await writeFile(
    script,
    `const { lockFolder } = await import(${JSON.stringify(lib)});
     const said = await lockFolder(process.argv[2], 0).then(() => 'locked', (e) => e.code);
     process.send(said); setInterval(() => {}, 1000);`,
  );
  return fork(script, [dir], { execArgv: [] });
}
const said = async (child: ChildProcess) => (await once(child, 'message'))[0] as string;
const end = async (child: ChildProcess) => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

describe('the lock of a data folder', () => {
  it('is refused to a second owner while the first lives', async () => {
    const dir = await fresh();
    const lock = await lockFolder(dir);
    await expect(lockFolder(dir, 100)).rejects.toThrow(FolderInUseError);
    await lock.release();
  });

  it('is free again once released, and leaves no file behind', async () => {
    const dir = await fresh();
    await (await lockFolder(dir)).release();
    const lock = await lockFolder(dir, 0);
    await lock.release();
    expect(await readdir(dir)).toEqual([]);
  });

  it('is held against another process, and let go when that one is killed with -9', async () => {
    const dir = await fresh();
    const first = await owner(dir);
    expect(await said(first)).toBe('locked');
    await expect(lockFolder(dir, 0)).rejects.toThrow(FolderInUseError);
    await end(first);
    const lock = await lockFolder(dir, 0);
    expect(await readdir(dir)).toHaveLength(1);
    await lock.release();
  });

  it('waits for an owner who is about to vanish', async () => {
    const dir = await fresh();
    const first = await owner(dir);
    await said(first);
    const second = lockFolder(dir);
    await end(first);
    await (await second).release();
  });

  it('goes to at most one of many who ask at once', async () => {
    const dir = await fresh();
    let owners = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const lock = await lockFolder(dir, 20_000);
        most = Math.max(most, ++owners);
        await new Promise((done) => setTimeout(done, 5));
        owners--;
        await lock.release();
      }),
    );
    expect(most).toBe(1);
  });

  it('works in a folder whose path is longer than a socket address', async () => {
    const dir = join(await fresh(), 'x'.repeat(120));
    const lock = await lockFolder(dir);
    await expect(lockFolder(dir, 0)).rejects.toThrow(FolderInUseError);
    await lock.release();
    await (await lockFolder(dir, 0)).release();
  });

  it('says that the folder cannot be written when it is a file, or lies below one', async () => {
    const file = join(await fresh(), 'file');
    await writeFile(file, '');
    await expect(lockFolder(file)).rejects.toThrow(FolderNotWritableError);
    await expect(lockFolder(join(file, 'below'))).rejects.toThrow(FolderNotWritableError);
  });

  // Root may write everywhere, whatever the bits say.
  (process.getuid?.() === 0 ? it.skip : it)(
    'says that the folder cannot be written when its mode forbids it',
    async () => {
      const dir = join(await fresh(), 'locked');
      await mkdir(dir);
      await chmod(dir, 0o500);
      await expect(lockFolder(dir)).rejects.toThrow(FolderNotWritableError);
    },
  );
});
