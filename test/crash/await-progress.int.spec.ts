import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { NO_PROGRESS } from '#libs/projection-engine/builds/checkpoint-record.js';
import { PROJECTIONS } from '#projections/index.js';
import { awaitProgress, BUILD_KEYS } from './await-progress.js';
import { ProjectorProcess } from './projector-process.js';

const at = (position: number) =>
  `${String(position).padStart(20, '0')}-${String(position).padStart(20, '0')}`;
const brief = { looks: 3, everyMs: 1 };

describe('waiting for projectors in a crash run', () => {
  let store: MemoryProjectionStore;

  beforeEach(async () => {
    store = new MemoryProjectionStore();
    await store.checkpoints.ensure(
      BUILD_KEYS.map((build) => ({
        ...NO_PROGRESS,
        _id: `${build}:p0`,
        build,
        partition: 0,
        epoch: 1,
        owner: 'somebody',
        pending: null,
        position: at(7),
        updatedAt: '2026-01-05T06:00:00.000Z',
      })),
    );
  });

  it('ends when every partition has got there', async () => {
    await expect(awaitProgress(store, at(7), [], brief)).resolves.toBeUndefined();
  });

  it('goes on as long as anything moves, however often it has to look', async () => {
    let looks = 0;
    const moving = {
      ...store.checkpoints,
      read: async (builds: readonly string[]) =>
        (await store.checkpoints.read(builds)).map((record) => ({
          ...record,
          position: at(Math.min(20, looks++)),
        })),
    };
    const slow = Object.assign(Object.create(store) as MemoryProjectionStore, { checkpoints: moving });
    await awaitProgress(slow, at(20), [], brief);
    expect(looks).toBeGreaterThan(20);
  });

  it('tells of progress that stands still, with each partition, who holds it and where it is', async () => {
    const stalled = awaitProgress(store, at(9), [], brief);
    await expect(stalled).rejects.toThrow(`the log is at ${at(9)}`);
    for (const { name } of PROJECTIONS) await expect(stalled).rejects.toThrow(`"partition":"${name}:`);
    await expect(stalled).rejects.toThrow('"owner":"somebody","epoch":1');
  });

  it('tells at once of a projector that ended by itself, with its last words', async () => {
    const eventStoreUrl = 'not-a-connection-string';
    const started = ProjectorProcess.start({
      eventStoreUrl,
      mongoUrl: '',
      database: 'x',
      tuning: {},
      seed: 1,
    });
    await expect(started).rejects.toThrow(
      /ended by itself \(code 1\)[\s\S]*no connection string of EventStoreDB/,
    );
  });
});
