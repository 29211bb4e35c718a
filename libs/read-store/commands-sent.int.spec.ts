import type { CommandStartedEvent, Document } from 'mongodb';
import { NO_PROGRESS } from '#libs/projection-engine/builds/checkpoint-record.js';
import { GuardMissError, type ParkedEvent, type ProjectionStore } from '#libs/projection-engine/index.js';
import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { projectionStoreOn } from './projection-store.adapter.js';
import { connectReadStore, type ReadStore } from './read-store.js';

/** What goes over the line, as the driver's own monitoring tells it. */
describe('the projection store on the line', () => {
  let engine: TestEngine;
  let readStore: ReadStore;
  let store: ProjectionStore;
  const sent: CommandStartedEvent[] = [];

  beforeAll(async () => {
    engine = await startTestEngine('mongodb');
    readStore = await connectReadStore({ url: `${engine.url}&monitorCommands=true` });
    store = projectionStoreOn(readStore);
    const { client } = readStore.collection('any').db;
    client.on('commandStarted', (event) => sent.push(event));
  });
  afterAll(async () => {
    await readStore.close();
    await engine.stop();
  });
  beforeEach(() => sent.splice(0));

  const document = (id: string, revision: number) => ({ _id: id, revision, position: `p${revision}` });
  const record = {
    ...NO_PROGRESS,
    _id: 'facts:v1:p0',
    build: 'facts:v1',
    partition: 0,
    epoch: 0,
    owner: null,
    pending: null,
    updatedAt: '2026-01-05T06:00:00.000Z',
  };
  const parked: ParkedEvent = {
    _id: 'c1/p1',
    complaintId: 'c1',
    revision: 1,
    position: 'p1',
    type: 'Noted',
    eventId: '0190c5d2-7a11-7c3e-9a54-000000000001',
    recordedAt: '2026-01-05T06:00:00.000Z',
    reason: 'told so',
    waits: false,
    parkedAt: '2026-01-05T06:00:01.000Z',
  };

  /** Everything that a projector writes while it follows the log. */
  async function writeOfEachKind(build: string): Promise<void> {
    const [facts, partition] = [`${build}_v1`, `${build}:v1:p0`];
    await store.documents.write(facts, [
      { kind: 'insert', document: document('a', 0) },
      { kind: 'insert', document: document('b', 0) },
    ]);
    await store.documents.write(facts, [
      { kind: 'replace', document: document('a', 1), previous: { revision: 0, position: 'p0' } },
      { kind: 'delete', id: 'b', previous: { revision: 0, position: 'p0' } },
    ]);
    await store.checkpoints.ensure([{ ...record, _id: partition }]);
    await store.checkpoints.claim(partition, { owner: null, epoch: 0 }, 'somebody');
    await store.checkpoints.advance([{ id: partition, epoch: 1, progress: NO_PROGRESS, pending: null }]);
    await store.parked.park('parked_facts_v1', [parked]);
    await store.checkpoints.release(partition, 1);
  }

  const writes = () =>
    sent.filter(({ commandName }) => ['insert', 'update', 'delete', 'findAndModify'].includes(commandName));

  it('changes one document with each statement, as only those can be sent again by the driver (P-30)', async () => {
    await writeOfEachKind('facts');
    const statements = writes().flatMap(({ command }) => [
      ...((command.updates ?? []) as Document[]).map(({ multi }) => multi !== true),
      ...((command.deletes ?? []) as Document[]).map(({ limit }) => limit === 1),
    ]);
    expect(statements.length).toBeGreaterThanOrEqual(5);
    expect(statements).not.toContain(false);
  });

  it('asks for the acknowledgement of a majority, and reads from the primary (P-34)', async () => {
    await writeOfEachKind('more');
    expect(writes().length).toBeGreaterThanOrEqual(7);
    await store.documents.load('facts_v1', ['a']);
    await store.checkpoints.read(['facts:v1']);
    await store.builds.active();
    for (const { command } of writes())
      expect(command.writeConcern).toMatchObject({ w: 'majority', j: true });
    const reads = sent.filter(({ commandName }) => commandName === 'find');
    expect(reads.length).toBeGreaterThanOrEqual(3);
    for (const { command } of reads) {
      // To a server without a set the driver says "primaryPreferred", which there is the same.
      const { mode } = (command.$readPreference ?? { mode: 'primary' }) as { mode: string };
      expect(['primary', 'primaryPreferred']).toContain(mode);
      expect(command.readConcern).toBeUndefined();
    }
    expect(readStore.collection('any').readPreference?.mode).toBe('primary');
  });

  it('lets one of many that create a document win, and tells the others that they were late (P-28)', async () => {
    const racers = Array.from({ length: 20 }, (_, racer) =>
      store.documents.write('race_v1', [{ kind: 'insert', document: document('same', racer) }]),
    );
    const outcomes = await Promise.allSettled(racers);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const late = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(late).toHaveLength(19);
    for (const { reason } of late) expect(reason).toBeInstanceOf(GuardMissError);
    expect(await store.documents.load('race_v1', ['same'])).toEqual([document('same', winner)]);
  });

  it('bears it that many put in the same record at once (P-28)', async () => {
    const member = { host: 'h', pid: 1, runs: [], startedAt: '', headSeenAt: null, reports: [] };
    const beats = Array.from({ length: 20 }, (_, beat) => store.members.beat({ _id: 'm', beat, ...member }));
    const parks = Array.from({ length: 20 }, () => store.parked.park('parked_race_v1', [parked]));
    const ensured = Array.from({ length: 20 }, () =>
      store.checkpoints.ensure([{ ...record, _id: 'race:v1:p0' }]),
    );
    await Promise.all([...beats, ...parks, ...ensured]);
    expect(await store.members.all()).toHaveLength(1);
    expect(await store.parked.page('parked_race_v1', undefined, 10)).toEqual([parked]);
  });
});
