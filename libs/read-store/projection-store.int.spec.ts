import { GuardMissError, PartitionLostError, type ProjectionStore } from '#libs/projection-engine/index.js';
import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { projectionStoreOn } from './projection-store.adapter.js';
import { connectReadStore, type ReadStore } from './read-store.js';

describe('the projection store', () => {
  let engine: TestEngine;
  let readStore: ReadStore;
  let store: ProjectionStore;

  beforeAll(async () => {
    engine = await startTestEngine('mongodb');
    readStore = await connectReadStore({ url: engine.url });
    store = projectionStoreOn(readStore);
  });
  afterAll(async () => {
    await readStore.close();
    await engine.stop();
  });

  const document = (id: string, revision: number) => ({ _id: id, revision, position: `p${revision}`, text: 'ğ' });

  describe('documents', () => {
    it('are written where they are what the batch began from', async () => {
      const { documents } = store;
      await documents.write('facts_v1', [
        { kind: 'insert', document: document('a', 0) },
        { kind: 'insert', document: document('b', 0) },
      ]);
      await documents.write('facts_v1', [
        { kind: 'replace', document: document('a', 1), previous: { revision: 0, position: 'p0' } },
        { kind: 'delete', id: 'b', previous: { revision: 0, position: 'p0' } },
      ]);
      expect(await documents.load('facts_v1', ['a', 'b'])).toEqual([document('a', 1)]);
    });

    it.each([
      ['created by somebody else meanwhile', { kind: 'insert', document: document('a', 0) }],
      [
        'changed by somebody else meanwhile',
        { kind: 'replace', document: document('a', 2), previous: { revision: 0, position: 'p0' } },
      ],
      [
        'refolded by somebody else meanwhile',
        { kind: 'replace', document: document('a', 2), previous: { revision: 1, position: 'p0' } },
      ],
      ['gone meanwhile', { kind: 'delete', id: 'nobody', previous: { revision: 0, position: 'p0' } }],
    ] as const)('are left alone when %s, and the others of the batch are written (P-28)', async (_case, write) => {
      const other = `other-${write.kind}-${_case}`;
      const batch = [write, { kind: 'insert', document: document(other, 0) }] as const;
      await expect(store.documents.write('facts_v1', batch)).rejects.toThrow(GuardMissError);
      expect(await store.documents.load('facts_v1', ['a', other])).toHaveLength(2);
      expect(await store.documents.load('facts_v1', ['a'])).toEqual([document('a', 1)]);
    });

    it('are scanned in the order of ids, in bounded pieces', async () => {
      const writes = Array.from({ length: 2500 }, (_, index) => ({
        kind: 'insert' as const,
        document: document(`n${String(index).padStart(5, '0')}`, index % 2),
      }));
      await store.documents.write('many_v1', writes);
      const ids: string[] = [];
      for await (const { _id } of store.documents.scan('many_v1', { $and: [{ revision: 1 }, { position: { $lt: 'p2' } }] })) {
        ids.push(_id);
      }
      expect(ids).toEqual(writes.map((write) => write.document).filter((one) => one.revision === 1).map(({ _id }) => _id));
    });

    it('are scanned without the fields that nobody asks for', async () => {
      const scanned: unknown[] = [];
      const either = { $or: [{ $and: [{}, { position: { $lte: 'p0' } }] }, { _id: 'n00003' }] };
      for await (const found of store.documents.scan('many_v1', either, { text: 0 })) scanned.push(found);
      expect(scanned).toHaveLength(1251);
      expect(scanned[2]).toEqual({ _id: 'n00003', revision: 1, position: 'p1' });
    });

    it('tell the last that was begun by a moment', async () => {
      const begun = ['0190c5d2-7a10-7fff-bfff-ffffffffffff', '0190c5d2-7a11-7000-8000-000000000000'];
      const inserts = begun.map((id) => ({ kind: 'insert' as const, document: document(id, 0) }));
      await store.documents.write('begun_v1', inserts);
      const by = (time: number) => store.documents.lastBegunBy('begun_v1', new Date(time).toISOString());
      const second = 0x0190c5d27a11;
      expect(await by(second - 2)).toBeUndefined();
      expect(await by(second - 1)).toBe(begun[0]);
      expect(await by(second)).toBe(begun[1]);
    });

    it('can be dropped twice', async () => {
      await store.documents.drop('many_v1');
      await store.documents.drop('many_v1');
      expect(await store.documents.load('many_v1', ['n00001'])).toEqual([]);
    });
  });

  describe('builds', () => {
    it('change only while they are as they were seen', async () => {
      const { builds } = store;
      const build = {
        _id: 'facts:v1',
        name: 'facts',
        version: 1,
        build: 0,
        state: 'preparing',
        onPoison: 'park',
        switchWhenCaughtUp: false,
        partitions: 4,
        createdAt: '2026-03-02T09:00:00.000Z',
        createdBy: 'admin',
      } as const;
      expect(await builds.create(build)).toBe(true);
      const later = { createdAt: '2026-03-02T09:00:10.000Z' };
      const seen = { state: build.state, createdAt: build.createdAt };
      expect(await builds.update(build._id, seen, later)).toBe(true);
      expect(await builds.update(build._id, seen, later)).toBe(false);
      expect(await builds.update(build._id, { state: 'live' }, { state: 'dropping' })).toBe(false);
      expect(await builds.update(build._id, { state: 'preparing' }, { state: 'catching-up' })).toBe(true);
      expect(await builds.all()).toEqual([{ ...build, ...later, state: 'catching-up' }]);
    });
  });

  describe('checkpoints', () => {
    const progress = { position: 'p1', eventPosition: 'p1', digest: '0'.repeat(64), documents: 1, events: 2, parked: 0 };
    const record = (id: string) => ({
      ...progress,
      _id: id,
      build: 'facts:v1',
      partition: 0,
      epoch: 0,
      owner: null,
      pending: null,
      updatedAt: '2026-01-01T00:00:00.000Z',
    });

    it('are claimed by one process only', async () => {
      await store.checkpoints.ensure([record('one:p0')]);
      const claims = await Promise.all(
        ['me', 'you', 'they'].map((owner) => store.checkpoints.claim('one:p0', { owner: null, epoch: 0 }, owner)),
      );
      expect(claims.filter((claim) => claim?.epoch === 1)).toHaveLength(1);
    });

    it('move for their owner, and for nobody who was it before (P-33)', async () => {
      await store.checkpoints.ensure([record('two:p0'), record('three:p0')]);
      await store.checkpoints.claim('two:p0', { owner: null, epoch: 0 }, 'me');
      await store.checkpoints.advance([{ id: 'two:p0', epoch: 1, progress: { ...progress, position: 'p2' }, pending: null }]);
      await store.checkpoints.claim('two:p0', { owner: 'me', epoch: 1 }, 'you');
      const late = { id: 'two:p0', epoch: 1, progress: { ...progress, position: 'p9' }, pending: null };
      await expect(store.checkpoints.advance([late])).rejects.toThrow(new PartitionLostError(['two:p0']));
      const records = await store.checkpoints.read(['facts:v1']);
      expect(records.find(({ _id }) => _id === 'two:p0')).toMatchObject({ position: 'p2', owner: 'you', epoch: 2 });
    });
  });

  it('parks an event once, and tells from where on a complaint is parked', async () => {
    const parked = (complaintId: string, position: string) => ({
      _id: `${complaintId}/${position}`,
      complaintId,
      revision: 1,
      position,
      type: 'T',
      eventId: 'e',
      recordedAt: 'r',
      reason: `at ${position}`,
      waits: false,
      parkedAt: 'now',
    });
    await store.parked.park('parked_facts_v1', [parked('c1', 'p2'), parked('c1', 'p1'), parked('c10', 'p0')]);
    await store.parked.park('parked_facts_v1', [{ ...parked('c1', 'p1'), reason: 'again' }]);
    expect(await store.parked.parkedFrom('parked_facts_v1', ['c1', 'c2'])).toEqual(new Map([['c1', 'p1']]));
    expect((await store.parked.page('parked_facts_v1', undefined, 10)).map(({ reason }) => reason)).toEqual([
      'at p1',
      'at p2',
      'at p0',
    ]);
  });
});
