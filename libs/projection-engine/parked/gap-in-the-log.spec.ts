import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { requestRebuild, retryParked, skipParked, verifyProjection } from '../index.js';

const build = { name: 'tally', version: 1, build: 0 };
const decision = { by: 'admin', reason: 'archived by the store', patienceMs: 5000 };

describe('a complaint whose first events the log holds no longer', () => {
  let engine: OperatedEngine;

  beforeEach(async () => {
    engine = new OperatedEngine();
    engine.tell(0, 20);
    const gone = engine.log.messages.filter(
      ({ event }) => event.streamId === 'complaint-c3' && event.revision < 2,
    );
    for (const message of gone) engine.log.messages.splice(engine.log.messages.indexOf(message), 1);
    await engine.start(tallyProjection);
    await engine.caughtUp();
  });
  afterEach(() => engine.stop());

  const verify = () =>
    verifyProjection({ store: engine.store, log: engine.log, projection: tallyProjection });
  const firstParked = () => engine.parkedIn()[0]!._id;

  it('stays parked when it is retried, which answers why, and holds up nobody', async () => {
    expect(engine.parkedIn()).toMatchObject([{ complaintId: 'c3', revision: 2, waits: false }]);
    const request = await retryParked(engine.store, build, firstParked(), decision);
    expect(request).toMatchObject({
      state: 'done',
      answer: expect.stringContaining('Still parked: StreamGapError: event 2 arrived'),
    });
    engine.tell(20, 30);
    await engine.caughtUp();
    expect(storedState(engine.store)).toEqual(cleanFold(engine.log));
    expect(await verify()).toMatchObject({ sound: true, documents: 6 });
  });

  it('goes on from what there is once that is decided, also in a rebuild', async () => {
    expect(await skipParked(engine.store, build, firstParked(), decision)).toMatchObject({
      answer: 'Applied, 1 events left the parked list.',
    });
    engine.log.record('complaint-c3', 'Opened', { label: 'anew' });
    engine.tell(20, 30);
    await engine.caughtUp();
    expect(engine.parkedIn()).toEqual([]);
    expect(engine.store.collection('tally_v1').get('c3')).toMatchObject({ trail: 'anew,24', revision: 4 });
    await until(() => engine.stateOf('tally:v1') === 'live');
    await requestRebuild(engine.store, {
      projection: tallyProjection,
      by: 'admin',
      switchWhenCaughtUp: false,
    });
    await until(() => engine.stateOf('tally:v1:b1') === 'live');
    expect(storedState(engine.store, 'tally_v1_b1').documents).toEqual(
      storedState(engine.store, 'tally_v1').documents,
    );
    expect(await verify()).toMatchObject({ sound: true, documents: 7 });
  });
});
