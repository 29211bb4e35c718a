import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFormat, FolderFormatError, readFormat, writeFormat } from './index.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'folder-format-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const format = { engine: 'embedded-eventstore', version: 2 };

describe('the format of a data folder', () => {
  it('is written into an empty folder and accepted ever after', async () => {
    await claimFormat(dir, format);
    await claimFormat(dir, format);
    expect(await readFormat(dir)).toEqual(format);
  });

  it('is not guessed for a folder that holds other files', async () => {
    await writeFile(join(dir, 'holiday.jpg'), '');
    await expect(claimFormat(dir, format)).rejects.toThrow(/holiday\.jpg/);
  });

  it('is refused when it is newer, however little', async () => {
    await writeFormat(dir, { ...format, version: 3 });
    await expect(claimFormat(dir, format)).rejects.toThrow(
      /version 3 .* newer release; this one reads up to 2/,
    );
  });

  it('is refused when it belongs to another engine', async () => {
    await writeFormat(dir, { ...format, engine: 'embedded-mongodb' });
    await expect(claimFormat(dir, format)).rejects.toThrow(FolderFormatError);
  });

  it.each(['', '{', '[]', '{"engine":"embedded-eventstore","version":"two"}'])(
    'is refused when it reads %j',
    async (text) => {
      await writeFile(join(dir, 'format.json'), text);
      await expect(claimFormat(dir, format)).rejects.toThrow(/cannot be understood/);
    },
  );

  it('is brought forward step by step from an older version, and refused where a step is missing', async () => {
    await writeFormat(dir, { ...format, version: 1 });
    await expect(claimFormat(dir, format)).rejects.toThrow(/no longer reads/);
    const migrated: string[] = [];
    await claimFormat(dir, format, {
      1: (folder) => {
        migrated.push(folder);
        return Promise.resolve();
      },
    });
    expect(migrated).toEqual([dir]);
    expect(JSON.parse(await readFile(join(dir, 'format.json'), 'utf8'))).toEqual(format);
  });
});
