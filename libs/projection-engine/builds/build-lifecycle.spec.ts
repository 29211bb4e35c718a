import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { SILENT } from '../engine-log.port.js';
import { runnableRegistry } from '../fold/runnable-projection.js';
import type { AnyProjection } from '../projection.js';
import type { ProjectorContext } from '../projector-context.js';
import { DEFAULT_TUNING } from '../projector-options.js';
import { advanceBuilds } from './build-lifecycle.js';
import { buildKey, type BuildId } from './build-id.js';
import type { BuildRecord } from './build-records.js';
import { NO_PROGRESS, type CheckpointRecord } from './checkpoint-record.js';
import { compareBuilds } from './compare-builds.js';

const v1: BuildId = { name: 'tally', version: 1, build: 0 };
const v2: BuildId = { ...v1, version: 2 };

const registry = runnableRegistry([tallyProjection, { ...(tallyProjection as AnyProjection), version: 2 }]);

describe('a round of looking after builds', () => {
  let store: MemoryProjectionStore;

  beforeEach(() => {
    store = new MemoryProjectionStore();
    store.aliases.set('tally', { ...v1, _id: 'tally', switchedAt: '', switchedBy: '' });
  });

  function enter(id: BuildId, more: Partial<BuildRecord>): void {
    const _id = buildKey(id);
    store.buildRecords.set(_id, {
      ...id,
      _id,
      state: 'live',
      onPoison: 'park',
      switchWhenCaughtUp: false,
      partitions: 2,
      createdAt: '2026-03-02T09:00:00.000Z',
      createdBy: 'test',
      ...more,
    });
  }

  function checkpoint(id: BuildId, partition: number, more: Partial<CheckpointRecord>): void {
    const build = buildKey(id);
    const _id = `${build}:p${partition}`;
    const own = { _id, build, partition, epoch: 1, owner: null, pending: null, updatedAt: '' };
    store.records.set(_id, { ...NO_PROGRESS, ...own, ...more });
  }

  async function round(live: readonly string[] = []): Promise<void> {
    const context = {
      store,
      registry,
      logger: SILENT,
      tuning: DEFAULT_TUNING,
    } as unknown as ProjectorContext;
    const seen = { builds: [...store.buildRecords.values()], records: [...store.records.values()] };
    await advanceBuilds(context, { ...seen, head: '8', live: new Set(live) });
  }

  it('lets a new version take over once it has what may have been read of the old one, also of a batch half written', async () => {
    enter(v1, {});
    enter(v2, { switchWhenCaughtUp: true });
    const pending = { ...NO_PROGRESS, position: '7', cause: { kind: 'events' } } as const;
    for (const partition of [0, 1]) {
      checkpoint(v1, partition, { position: '5', pending: partition === 1 ? pending : null });
      checkpoint(v2, partition, { position: '6' });
    }
    await round();
    expect(store.aliases.get('tally')?.version).toBe(1);
    for (const partition of [0, 1]) checkpoint(v2, partition, { position: '7' });
    await round();
    expect(store.aliases.get('tally')?.version).toBe(2);
  });

  it('takes a build to have arrived when all of its partitions have', async () => {
    enter(v1, { state: 'catching-up' });
    checkpoint(v1, 0, { position: '8' });
    await round();
    expect(store.buildRecords.get('tally:v1')?.state).toBe('catching-up');
    checkpoint(v1, 1, { position: '7' });
    await round();
    expect(store.buildRecords.get('tally:v1')?.state).toBe('catching-up');
    checkpoint(v1, 1, { position: '8' });
    await round();
    expect(store.buildRecords.get('tally:v1')?.state).toBe('live');
  });

  it('removes a dropped build when nobody can be reading or writing it any more', async () => {
    enter(v1, {});
    enter(v2, { state: 'dropping', droppedAt: new Date().toISOString() });
    checkpoint(v2, 0, { owner: null });
    await round();
    expect(store.buildRecords.get('tally:v2')?.state).toBe('dropping');
    const longAgo = new Date(Date.now() - DEFAULT_TUNING.dropGraceMs - 1).toISOString();
    enter(v2, { state: 'dropping', droppedAt: longAgo });
    checkpoint(v2, 0, { owner: 'somebody' });
    await round(['somebody']);
    expect(store.buildRecords.get('tally:v2')?.state).toBe('dropping');
    await round(['another']);
    expect(store.buildRecords.get('tally:v2')?.state).toBe('dropped');
  });

  it('compares no build in the middle of a batch', async () => {
    enter(v1, {});
    enter(v2, {});
    const pending = { ...NO_PROGRESS, position: '7', cause: { kind: 'events' } } as const;
    for (const id of [v1, v2]) checkpoint(id, 0, { position: '5', pending: id === v2 ? pending : null });
    expect(await compareBuilds(store, v1, v2, 0)).toMatchObject({ position: null, sameDigest: null });
  });
});
