import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMasterKey } from './master-key-file.js';
import { MasterKeyError } from './master-key.js';

describe('the master key', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'master-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is made on first use, for its owner only, and found again', async () => {
    const { fingerprint } = await openMasterKey({ dataDir });
    expect((await openMasterKey({ dataDir })).fingerprint).toBe(fingerprint);
    expect((await stat(join(dataDir, 'keys', 'master.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'keys'))).mode & 0o777).toBe(0o700);
  });

  it('is one, however many processes start at once, and nothing half-done stays', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openMasterKey({ dataDir })));
    expect(new Set(keys.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(await readdir(join(dataDir, 'keys'))).toEqual(['master.key']);
  });

  it('is the one of the setting, in hexadecimal or base64, and then no file is made', async () => {
    const secret = randomBytes(32);
    const [hex, base64] = await Promise.all(
      [secret.toString('hex'), secret.toString('base64')].map((personalDataMasterKey) =>
        openMasterKey({ dataDir, personalDataMasterKey }),
      ),
    );
    expect(hex!.fingerprint).toBe(base64!.fingerprint);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it.each(['', 'short', 'x'.repeat(44), randomBytes(31).toString('base64')])(
    'is not "%s" in its file',
    async (text) => {
      await mkdir(join(dataDir, 'keys'));
      await writeFile(join(dataDir, 'keys', 'master.key'), text);
      await expect(openMasterKey({ dataDir })).rejects.toThrow(MasterKeyError);
      // A key that cannot be read is never replaced: what it sealed would be lost.
      expect(await readFile(join(dataDir, 'keys', 'master.key'), 'utf8')).toBe(text);
    },
  );

  it('says what to do when its folder cannot be used', async () => {
    await writeFile(join(dataDir, 'keys'), 'a file where the folder should be');
    await expect(openMasterKey({ dataDir })).rejects.toThrow(/set PERSONAL_DATA_MASTER_KEY/);
    await chmod(join(dataDir, 'keys'), 0o600);
  });
});
