import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { NO_PROGRESS, type CheckpointRecord } from '../builds/checkpoint-record.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import { createProgressWaiter } from './wait-for-progress.js';

const build = { name: 'tally', version: 1, build: 0 };

function partition(index: number, position: string | null): CheckpointRecord {
  return {
    ...NO_PROGRESS,
    _id: `tally:v1:p${index}`,
    build: 'tally:v1',
    partition: index,
    position,
    epoch: 1,
    owner: null,
    pending: null,
    updatedAt: '',
  };
}

function slow(store: MemoryProjectionStore): ProjectionStore {
  const read: ProjectionStore['checkpoints']['read'] = async (builds) => {
    await sleep(20);
    return await store.checkpoints.read(builds);
  };
  return Object.assign(Object.create(store) as MemoryProjectionStore, {
    checkpoints: { ...store.checkpoints, read },
  });
}

describe('Waiting for a position', () => {
  let store: MemoryProjectionStore;

  beforeEach(async () => {
    store = new MemoryProjectionStore();
    store.aliases.set('tally', { ...build, _id: 'tally', switchedAt: '', switchedBy: '' });
    await store.checkpoints.ensure([partition(0, '5'), partition(1, '3')]);
  });

  it('ends at once where the slowest partition is there already, however short the wait is to be', async () => {
    const waiter = createProgressWaiter({ store: slow(store) });
    expect(await waiter.waitFor(['tally'], '3', 0)).toEqual(new Map([['tally', build]]));
    waiter.close();
  });

  it.each(['4', '9'])('for %s ends by telling how far the slowest partition is', async (position) => {
    const waiter = createProgressWaiter({ store });
    await expect(waiter.waitFor(['tally'], position, 0)).rejects.toMatchObject({
      projections: ['tally'],
      position: '3',
    });
    waiter.close();
  });

  it('does not end for a projection that nobody has begun', async () => {
    const waiter = createProgressWaiter({ store });
    await expect(waiter.waitFor(['tally', 'other'], '1', 0)).rejects.toMatchObject({ position: null });
    waiter.close();
  });
});
