import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEngine } from '#libs/engine-host/index.js';

const child = fileURLToPath(new URL('eventstore/kurrent-child.mjs', import.meta.url));
const installed = existsSync(
  fileURLToPath(new URL('../../node_modules/@kurrent/kurrentdb-client', import.meta.url)),
);

/** Its reads go through a native bridge that is not prebuilt for every platform. */
(installed ? describe : describe.skip)('@kurrent/kurrentdb-client on the embedded event store', () => {
  it('appends, reads and subscribes, and is refused what is not there', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'eventstore-kurrent-'));
    const engine = await startEngine({ engine: 'eventstore', dataDir, port: 0 });
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [child, engine.url]);
      const own = [0, 1, 2].map((n) => [true, n, 'kurrent']);
      const { refused, ...said } = JSON.parse(stdout) as { refused: Record<string, string> };
      expect(said).toEqual({
        appended: 2,
        repeated: true,
        conflict: 'wrong-expected-version',
        read: own,
        all: 3,
        missing: 'stream-not-found',
        subscribed: [0, 1, 2, 3],
      });
      expect(refused).toMatchObject({ deleteStream: 'unknown', multiStreamAppend: 'unsupported' });
      expect(Object.keys(refused).length).toBeGreaterThan(30);
      expect(new Set(Object.values(refused))).toEqual(new Set(['unknown', 'unsupported']));
    } finally {
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
