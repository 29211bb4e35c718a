import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { Skips } from '../fold/skips.js';
import {
  listParked,
  pastReadModel,
  projectionStatuses,
  requestRebuild,
  retryParked,
  skipParked,
  verifyProjection,
  type AnyProjection,
} from '../index.js';

const tally = tallyProjection as AnyProjection;
const first = { name: 'tally', version: 1, build: 0 };
const admin = { by: 'admin', reason: 'told so' };
const rebuildOf = (projection: AnyProjection) => ({ projection, by: 'admin', switchWhenCaughtUp: false });

describe('a parked complaint', () => {
  let engine: OperatedEngine;

  beforeEach(() => {
    engine = new OperatedEngine();
  });
  afterEach(() => engine.stop());

  /** Of the event that holds its complaint up, not of those that wait behind it. */
  function parkedId(complaintId: string, collection?: string): string {
    const found = engine.parkedIn(collection).find((row) => row.complaintId === complaintId && !row.waits);
    if (!found) throw new Error(`${complaintId} is not parked.`);
    return found._id;
  }

  async function isSound(projection: AnyProjection = tally, build = 0): Promise<boolean> {
    const { log, store } = engine;
    return (await verifyProjection({ store, log, projection, build })).sound;
  }

  it('is listed with the error, and those behind it as waiting', async () => {
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    const { items, next } = await listParked(engine.store, first, { limit: 2 });
    expect(items.map(({ complaintId, type, waits, reason }) => [complaintId, type, waits, reason])).toEqual([
      ['c3', 'Poison', false, 'Error: cannot apply bad'],
      ['c3', 'Noted', true, 'waits for an earlier event of the same complaint'],
    ]);
    expect(next).toBe(items[1]?._id);
    const [status] = await projectionStatuses(engine);
    expect(status).toMatchObject({
      active: true,
      parked: 3,
      lag: { events: 0, estimated: false, seconds: 0 },
    });
  });

  it('goes on as if nothing had been when its event is skipped, with who did it and why kept', async () => {
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    const id = parkedId('c3');
    const answer = await skipParked(engine.store, first, id, admin);
    expect(answer).toMatchObject({
      state: 'done',
      by: 'admin',
      reason: 'told so',
      kind: 'skip',
      revision: 3,
    });
    engine.tell(30, 40);
    await engine.caughtUp();
    expect(engine.parkedIn()).toEqual([]);
    const skips = new Skips();
    skips.add({ complaintId: 'c3', position: answer.position });
    expect(storedState(engine.store)).toEqual(cleanFold(engine.log, skips));
  });

  it('is decided on by the process that has it, of several', async () => {
    engine.tell(0, 20);
    for (let index = 0; index < 7; index++)
      engine.log.record(`complaint-c${index}`, 'Poison', { label: 'bad' });
    await engine.start(tally);
    await engine.start(tally);
    await engine.caughtUp();
    await until(() => new Set([...engine.store.records.values()].map(({ owner }) => owner)).size === 2);
    const ids = engine.parkedIn().map(({ _id }) => _id);
    const answers = await Promise.all(ids.map((id) => skipParked(engine.store, first, id, admin)));
    expect(answers.map(({ answer }) => answer)).toEqual(
      Array.from({ length: 7 }, () => 'Applied, 1 events left the parked list.'),
    );
  });

  it('is still parked as of a moment before its event was skipped', async () => {
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    const before = engine.store.collection('tally_v1').get('c3')!;
    await skipParked(engine.store, first, parkedId('c3'), admin);
    await until(() => engine.parkedIn().length === 0);
    const asOf = engine.log.messages.at(-1)!.event.recordedAt;
    const { log, store } = engine;
    const past = await pastReadModel({ log, store, projection: tallyProjection, asOf });
    const found = [];
    for await (const document of past.documents()) if (document._id === 'c3') found.push(document);
    expect(found).toMatchObject([{ revision: before.revision, trail: before['trail'] }]);
  });

  it('goes on from what its skip left, without the log being asked again', async () => {
    engine.tell(0, 20);
    const projector = await engine.start(tally);
    await until(() => engine.stateOf('tally:v1') === 'live');
    engine.tell(20, 30);
    await engine.caughtUp();
    engine.log.record('complaint-c3', 'Poison', { label: 'bad' });
    await engine.caughtUp();
    await skipParked(engine.store, first, parkedId('c3'), admin);
    engine.tell(30, 40);
    await engine.caughtUp();
    expect(engine.store.collection('tally_v1').get('c3')).toMatchObject({ revision: 6 });
    expect(projector.reports()).toMatchObject([{ retries: 0, repairs: 0 }]);
  });

  it('is not skipped by an event that only waits', async () => {
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    const waiting = engine.parkedIn().find(({ waits }) => waits)?._id ?? '';
    await expect(skipParked(engine.store, first, waiting, admin)).rejects.toThrow('only waits');
  });

  it('stays when it is retried and nothing was mended, and goes on when it was', async () => {
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    const id = parkedId('c3');
    expect((await retryParked(engine.store, first, id, admin)).answer).toContain('Still parked');
    await engine.stop();
    const mended = withPoisonAs('Noted', tally);
    await engine.start(mended);
    await until(
      async () => (await retryParked(engine.store, first, id, admin)).answer?.startsWith('Applied') ?? false,
    );
    expect(engine.parkedIn()).toEqual([]);
    expect(await isSound(mended)).toBe(true);
  });

  it('is skipped in every build of the version, so that they stay alike', async () => {
    engine.tell(0, 20);
    await engine.start(tally);
    await engine.caughtUp();
    await until(() => engine.stateOf('tally:v1') === 'live');
    await requestRebuild(engine.store, rebuildOf(tally));
    await until(() => engine.stateOf('tally:v1:b1') === 'live');
    engine.log.record('complaint-c3', 'Poison', { label: 'late' });
    engine.tell(20, 40);
    // Once live, a rebuild parks like the one in use: it may be what queries read from now on.
    await until(() => engine.parkedIn('parked_tally_v1_b1').length > 0);
    await engine.caughtUp();
    expect(engine.stateOf('tally:v1:b1')).toBe('live');
    await skipParked(engine.store, first, parkedId('c3'), admin);
    await until(() => engine.parkedIn('parked_tally_v1_b1').length === 0);
    expect(await Promise.all([isSound(), isSound(tally, 1)])).toEqual([true, true]);
  });

  it('that a change of the context parked is skipped for that event, not for one of its own', async () => {
    engine.tell(0, 20);
    const picky = refusing('c3', tally);
    engine.log.record('calendar-default', 'CalendarDefined', { factor: 2 });
    engine.log.record('complaint-c3', 'Noted', { label: 'behind' });
    await engine.start(picky);
    await engine.caughtUp();
    await skipParked(engine.store, first, parkedId('c3'), admin);
    expect(engine.parkedIn()).toEqual([]);
    expect(await isSound(picky)).toBe(true);
    expect(engine.store.collection('tally_v1').get('c3')).toMatchObject({ revision: 3, count: 4 });
  });

  it('whose event no release can read does not keep a new version from being built once it was skipped', async () => {
    engine.tell(0, 20);
    engine.log.recordUndecodable('complaint-c4', 'Unknown');
    engine.tell(20, 30);
    await engine.start(tally);
    await engine.caughtUp();
    await skipParked(engine.store, first, parkedId('c4'), admin);
    const next = { ...tally, version: 2 };
    await engine.start(tally, next);
    await until(() => engine.store.aliases.get('tally')?.version === 2);
    expect(await isSound(next)).toBe(true);
  });

  it('whose event another version may be able to apply is not skipped for it', async () => {
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    await skipParked(engine.store, first, parkedId('c3'), admin);
    const next = { ...withPoisonAs('Noted', tally), version: 2 };
    await engine.start(tally, next);
    await until(() => engine.store.aliases.get('tally')?.version === 2);
    expect(engine.store.collection('tally_v2').get('c3')?.['trail']).toContain('bad');
    expect(await isSound(next)).toBe(true);
  });
});

describe('an event of the context that cannot be folded', () => {
  const CONTEXT_ID = '_context';
  const strict: AnyProjection = {
    ...tally,
    context: {
      ...tally.context!,
      evolve: (context, event) => {
        if (event.type === 'Broken') throw new Error('no such calendar');
        return tally.context!.evolve(context, event);
      },
    },
  };
  let engine: OperatedEngine;

  beforeEach(() => {
    engine = new OperatedEngine();
    engine.tell(0, 10);
    engine.log.record('calendar-default', 'Broken', {});
    engine.tell(10, 30);
  });
  afterEach(() => engine.stop());

  it('is parked and counted while all complaints flow on, also after a restart', async () => {
    await engine.start(strict);
    await engine.caughtUp();
    await engine.stop();
    engine.tell(30, 40);
    await engine.start(strict);
    await engine.caughtUp();
    expect(engine.parkedIn()).toMatchObject([{ complaintId: CONTEXT_ID, reason: 'Error: no such calendar' }]);
    const [status] = await projectionStatuses(engine);
    expect(status).toMatchObject({ parked: 1, lag: { events: 0 } });
    expect((await verifyProjection({ store: engine.store, log: engine.log, projection: strict })).sound).toBe(
      true,
    );
  });

  it('fails a rebuild, until it was skipped', async () => {
    await engine.start(strict);
    await engine.caughtUp();
    await until(() => engine.stateOf('tally:v1') === 'live');
    await requestRebuild(engine.store, rebuildOf(strict));
    await until(() => engine.stateOf('tally:v1:b1') === 'failed');
    const id = engine.parkedIn()[0]?._id ?? '';
    await expect(retryParked(engine.store, first, id, admin)).rejects.toThrow('rules every complaint');
    await skipParked(engine.store, first, id, admin);
    expect(engine.parkedIn()).toEqual([]);
    await requestRebuild(engine.store, rebuildOf(strict));
    await until(() => engine.stateOf('tally:v1:b2') === 'live');
  });
});

function withPoisonAs(type: string, projection: AnyProjection): AnyProjection {
  return {
    ...projection,
    fold: (document, event, context) =>
      projection.fold(document, event.type === 'Poison' ? { ...event, type } : event, context),
  };
}

/** Cannot fold this complaint again when the calendar changes. */
function refusing(id: string, projection: AnyProjection): AnyProjection {
  const { context } = projection;
  return {
    ...projection,
    context: {
      ...context!,
      refold: {
        ...context!.refold!,
        apply: (document, event, value) => {
          if ((document as { _id?: string })._id === id) throw new Error('cannot judge again');
          return context!.refold!.apply(document, event, value);
        },
      },
    },
  };
}
