import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import type { MemoryLog } from '#libs/testing/projections/memory-log.js';
import type { MemoryProjectionStore } from '#libs/testing/projections/memory-projection-store.js';
import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import {
  compareBuilds,
  dropBuild,
  projectionStatuses,
  requestRebuild,
  rollbackBuild,
  switchBuild,
  verifyProjection,
  type AnyProjection,
} from '../index.js';

const first = { name: 'tally', version: 1, build: 0 };

describe('read models in the hands of an operator', () => {
  let engine: OperatedEngine;
  let log: MemoryLog;
  let store: MemoryProjectionStore;
  const start = (...projections: AnyProjection[]) => engine.start(...projections);
  const caughtUp = () => engine.caughtUp();
  const tell = (from: number, to: number) => {
    engine.tell(from, to);
  };

  beforeEach(() => {
    engine = new OperatedEngine();
    ({ log, store } = engine);
  });
  afterEach(() => engine.stop());

  describe('a rebuild', () => {
    const second = { ...first, build: 1 };

    it('stands beside the one in use, is the same, takes over at once, can be rolled back and dropped', async () => {
      tell(0, 200);
      await start(tallyProjection);
      await caughtUp();
      await until(() => store.buildRecords.get('tally:v1')?.state === 'live');
      const id = await requestRebuild(store, {
        projection: tallyProjection,
        by: 'admin',
        switchWhenCaughtUp: false,
      });
      expect(id).toEqual(second);
      await until(() => store.buildRecords.get('tally:v1:b1')?.state === 'live');
      tell(200, 220);
      await caughtUp();
      expect(await compareBuilds(store, first, second)).toMatchObject({
        sameDigest: true,
        documents: [7, 7],
      });
      expect(store.aliases.get('tally')?.build).toBe(0);
      await expect(dropBuild(store, first, 'admin')).rejects.toThrow('what queries read');
      await switchBuild(store, second, 'admin');
      expect(store.aliases.get('tally')).toMatchObject({ build: 1, previous: first, switchedBy: 'admin' });
      await rollbackBuild(store, 'tally', 'admin');
      expect(store.aliases.get('tally')?.build).toBe(0);
      await switchBuild(store, second, 'admin');
      await dropBuild(store, first, 'admin');
      await expect(compareBuilds(store, first, second)).rejects.toThrow(
        /tally:v1 is being dropped|no build tally:v1/,
      );
      await until(() => store.buildRecords.get('tally:v1')?.state === 'dropped');
      expect([...store.collections.keys()]).toEqual(['tally_v1_b1']);
      tell(220, 240);
      await caughtUp();
      expect(storedState(store, 'tally_v1_b1')).toEqual(cleanFold(log));
    });

    it('is compared with builds of its own projection only', async () => {
      await start(tallyProjection, { ...(tallyProjection as AnyProjection), name: 'other' });
      const refused = compareBuilds(store, first, { ...first, name: 'other' }, 20);
      await expect(refused).rejects.toThrow('tally and other hold other documents');
    });

    it('is not said to be the same or another before both were at one position', async () => {
      tell(0, 20);
      await start(tallyProjection);
      await until(() => engine.stateOf('tally:v1') === 'live');
      await requestRebuild(store, { projection: tallyProjection, by: 'admin', switchWhenCaughtUp: false });
      await until(() => engine.stateOf('tally:v1:b1') === 'live');
      await engine.stop();
      const [key, record] = [...store.records].find(([, { build }]) => build === 'tally:v1:b1')!;
      store.records.set(key, { ...record, position: null });
      expect(await compareBuilds(store, first, second, 20)).toMatchObject({
        position: null,
        sameDigest: null,
      });
    });

    it('fails at what it cannot apply, while the one in use goes on', async () => {
      engine.tellPoison();
      await start(tallyProjection);
      await caughtUp();
      await until(() => engine.stateOf('tally:v1') === 'live');
      await requestRebuild(store, {
        projection: tallyProjection,
        by: 'admin',
        switchWhenCaughtUp: true,
      });
      await until(() => store.buildRecords.get('tally:v1:b1')?.state === 'failed');
      expect(store.buildRecords.get('tally:v1:b1')?.failure).toContain('cannot apply bad');
      await expect(compareBuilds(store, first, second)).rejects.toThrow(/has failed: .*cannot apply bad/);
      expect(store.aliases.get('tally')?.build).toBe(0);
      tell(30, 40);
      await caughtUp();
      expect(storedState(store).documents).toEqual(cleanFold(log).documents);
    });

    it('of a new version fails at what it cannot apply, too, and queries stay with the old one', async () => {
      engine.tellPoison();
      await start(tallyProjection);
      await caughtUp();
      const next: AnyProjection = { ...(tallyProjection as AnyProjection), version: 2 };
      await start(tallyProjection, next);
      await until(() => store.buildRecords.get('tally:v2')?.state === 'failed');
      expect(store.buildRecords.get('tally:v2')?.failure).toContain('cannot apply bad');
      tell(30, 40);
      await until(() => engine.stateOf('tally:v1') === 'live');
      expect(store.aliases.get('tally')?.version).toBe(1);
    });

    it('of a new version takes over when it has caught up, and not before', async () => {
      tell(0, 100);
      await start(tallyProjection);
      await caughtUp();
      expect(store.aliases.get('tally')?.version).toBe(1);
      const next: AnyProjection = { ...(tallyProjection as AnyProjection), version: 2 };
      await start(tallyProjection, next);
      await until(() => store.aliases.get('tally')?.version === 2);
      expect(store.buildRecords.get('tally:v2')?.state).toBe('live');
      expect(storedState(store, 'tally_v2').documents).toEqual(cleanFold(log).documents);
    });
  });

  describe('a build', () => {
    const other: AnyProjection = { ...(tallyProjection as AnyProjection), name: 'other' };
    const withoutContext: AnyProjection = { ...other, name: 'plain', context: undefined };

    it('of a version that no process has any more can still be dropped', async () => {
      tell(0, 50);
      await start(tallyProjection);
      await caughtUp();
      await engine.stop();
      const next: AnyProjection = { ...(tallyProjection as AnyProjection), version: 2 };
      await start(next);
      await until(() => store.aliases.get('tally')?.version === 2);
      await dropBuild(store, first, 'admin');
      await until(() => engine.stateOf('tally:v1') === 'dropped');
      expect([...store.collections.keys()]).toEqual(['tally_v2']);
      expect(store.buildRecords.get('tally:v1')).toMatchObject({ droppedBy: 'admin' });
      await expect(dropBuild(store, first, 'admin')).rejects.toMatchObject({ kind: 'unknown' });
    });

    it('that has fallen behind, since nobody runs it, is not switched to', async () => {
      const next: AnyProjection = { ...(tallyProjection as AnyProjection), version: 2 };
      tell(0, 50);
      await start(tallyProjection, next);
      await caughtUp();
      expect(store.aliases.get('tally')?.version).toBe(2);
      await until(() => engine.stateOf('tally:v1') === 'live');
      await engine.stop();
      await start(next);
      tell(50, 60);
      await caughtUp();
      await expect(switchBuild(store, first, 'admin', 50)).rejects.toThrow('is behind tally:v2');
      await engine.stop();
      await start(tallyProjection, next);
      await switchBuild(store, first, 'admin');
      expect(storedState(store).documents).toEqual(cleanFold(log).documents);
    });

    it('arrives at a head that only other projections read', async () => {
      tell(0, 20);
      log.record('calendar-default', 'CalendarDefined', { factor: 2 });
      await start(other, withoutContext);
      await until(() => engine.stateOf('plain:v1') === 'live');
      await requestRebuild(store, { projection: withoutContext, by: 'admin', switchWhenCaughtUp: false });
      await until(() => engine.stateOf('plain:v1:b1') === 'live');
    });
  });

  describe('a check against the log', () => {
    it('finds a sound read model sound, also in parts', async () => {
      tell(0, 100);
      await start(tallyProjection);
      await caughtUp();
      const found = await verifyProjection({ store, log, projection: tallyProjection, window: 4 });
      expect(found).toMatchObject({ sound: true, documents: 7, findings: 0 });
      expect(found.digest.kept).toBe(found.digest.documents);
    });

    it('names a document that has stood still while its partition went on', async () => {
      tell(0, 50);
      await start(tallyProjection);
      await caughtUp();
      const old = store.collection('tally_v1').get('c5');
      tell(50, 100);
      await caughtUp();
      store.collection('tally_v1').set('c5', old!);
      const found = await verifyProjection({ store, log, projection: tallyProjection });
      expect(found).toMatchObject({ corrupted: ['c5'], findings: 1, sound: false });
    });

    it.each([
      ['digest', { digest: '1'.repeat(64) }],
      ['count', { documents: 99 }],
    ])('finds a %s of the engine that is not what the documents give', async (_, change) => {
      tell(0, 50);
      await start(tallyProjection);
      await caughtUp();
      await engine.stop();
      const [key, record] = [...store.records][0]!;
      store.records.set(key, { ...record, ...change });
      const found = await verifyProjection({ store, log, projection: tallyProjection });
      expect(found).toMatchObject({ findings: 0, sound: false, documents: 7 });
    });

    it('finds the read model sound amid a batch that a killed process left half written', async () => {
      tell(0, 50);
      await start(tallyProjection);
      await caughtUp();
      const [records, c1] = [[...store.records.values()], store.collection('tally_v1').get('c1')!];
      tell(50, 60);
      await caughtUp();
      await engine.stop();
      for (const { _id, position, digest, documents, events } of records) {
        const planned = store.records.get(_id)!;
        const pending = { ...planned, position: planned.position!, cause: { kind: 'events' } as const };
        store.records.set(_id, { ...planned, position, digest, documents, events, pending });
      }
      store.collection('tally_v1').set('c1', c1);
      const found = await verifyProjection({ store, log, projection: tallyProjection });
      expect(found).toMatchObject({ findings: 0, sound: true, documents: 7 });
    });

    it('names what was corrupted, removed and added', async () => {
      tell(0, 100);
      await start(tallyProjection);
      await caughtUp();
      const documents = store.collection('tally_v1');
      const [one, two] = [documents.get('c1'), documents.get('c2')];
      if (!one || !two) throw new Error('They were told.');
      documents.set('c1', { ...one, count: 999 });
      documents.delete('c2');
      documents.set('ghost', { ...two, _id: 'ghost' });
      const found = await verifyProjection({ store, log, projection: tallyProjection });
      expect(found).toMatchObject({
        corrupted: ['c1'],
        missing: ['c2'],
        superfluous: ['ghost'],
        sound: false,
      });
      expect(found.digest.kept).not.toBe(found.digest.documents);
    });
  });

  it('counts the lag of a projection that nobody runs', async () => {
    tell(0, 50);
    await start(tallyProjection);
    await caughtUp();
    await engine.stop();
    tell(50, 80);
    const [status] = await projectionStatuses({ store, log });
    expect(status).toMatchObject({
      state: 'not-running',
      lag: { events: 30, estimated: false },
      processes: 0,
    });
    expect(status?.lag?.seconds).toBeGreaterThan(0);
  });
});
