import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { dropBuild, requestRebuild, switchBuild, verifyProjection, type BuildStore } from '../index.js';
import { prepareBuild } from './prepare-build.js';

const second = { name: 'tally', version: 1, build: 1 };

describe('builds that several processes look after at once', () => {
  let engine: OperatedEngine;
  const stateOfSecond = () => engine.stateOf('tally:v1:b1');
  const rebuild = () =>
    requestRebuild(engine.store, { projection: tallyProjection, by: 'admin', switchWhenCaughtUp: false });

  beforeEach(async () => {
    engine = new OperatedEngine();
    engine.tell(0, 50);
    await engine.start(tallyProjection);
    await engine.caughtUp();
    await until(() => engine.stateOf('tally:v1') === 'live');
  });
  afterEach(() => engine.stop());

  async function isSound(): Promise<boolean> {
    const { log, store } = engine;
    return (await verifyProjection({ store, log, projection: tallyProjection, build: 1 })).sound;
  }

  /** Does something once, right before the store does what it was asked for. */
  function before<Name extends 'update' | 'switchActive'>(
    name: Name,
    when: (...args: Parameters<BuildStore[Name]>) => boolean,
    first: () => Promise<unknown>,
  ): void {
    const { builds } = engine.store;
    const asked = builds[name] as (...args: Parameters<BuildStore[Name]>) => Promise<boolean>;
    let isOver = false;
    Object.assign(builds, {
      [name]: async (...args: Parameters<BuildStore[Name]>) => {
        if (!isOver && when(...args)) {
          isOver = true;
          await first();
        }
        return await asked(...args);
      },
    });
  }

  it('are not switched to when they are dropped in the same moment', async () => {
    await rebuild();
    await until(() => stateOfSecond() === 'live');
    before(
      'switchActive',
      () => true,
      () => dropBuild(engine.store, second, 'another'),
    );
    await expect(switchBuild(engine.store, second, 'admin')).rejects.toThrow('is being dropped');
    expect(engine.store.aliases.get('tally')?.build).toBe(0);
    await until(() => stateOfSecond() === 'dropped');
  });

  it('are not dropped when they are switched to in the same moment', async () => {
    await rebuild();
    await until(() => stateOfSecond() === 'live');
    before(
      'update',
      (_, __, { state }) => state === 'dropping',
      () => switchBuild(engine.store, second, 'another'),
    );
    await expect(dropBuild(engine.store, second, 'admin')).rejects.toThrow('what queries read');
    expect(engine.store.aliases.get('tally')?.build).toBe(1);
    expect(stateOfSecond()).toBe('live');
  });

  it('stay when queries read them, whoever left them marked for dropping', async () => {
    await rebuild();
    await until(() => stateOfSecond() === 'live');
    await switchBuild(engine.store, second, 'admin');
    const droppedAt = new Date(0).toISOString();
    await engine.store.builds.update('tally:v1:b1', { state: 'live' }, { state: 'dropping', droppedAt });
    await until(() => stateOfSecond() === 'live');
    engine.tell(50, 60);
    await engine.caughtUp();
    expect(await isSound()).toBe(true);
  });

  it('are gone when they are dropped while they arrive at the head', async () => {
    await engine.stop();
    before(
      'update',
      (_, __, { state }) => state === 'live',
      () => dropBuild(engine.store, second, 'admin'),
    );
    await engine.start(tallyProjection);
    await rebuild();
    await until(() => stateOfSecond() === 'dropped');
    expect([...engine.store.collections.keys()]).toEqual(['tally_v1']);
  });

  it('are prepared by another process when the one that entered them is gone', async () => {
    const { documents } = engine.store;
    const whole = { ...documents };
    Object.assign(documents, { prepare: () => Promise.reject(new Error('killed')) });
    await expect(rebuild()).rejects.toThrow('killed');
    Object.assign(documents, whole);
    await until(() => stateOfSecond() === 'live');
    expect(await isSound()).toBe(true);
  });

  it('are not emptied by a process that was held up while it prepared them', async () => {
    await rebuild();
    await until(() => stateOfSecond() === 'live');
    const record = engine.store.buildRecords.get('tally:v1:b1')!;
    const createdAt = new Date(Date.now() - 5000).toISOString();
    await prepareBuild(engine.store, { ...record, state: 'preparing', createdAt }, []);
    expect(await isSound()).toBe(true);
  });
});
