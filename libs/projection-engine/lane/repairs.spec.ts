import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { skipParked, type AnyProjection } from '../index.js';

const build = { name: 'tally', version: 1, build: 0 };

describe('a projector that finds its store not as it left it', () => {
  let engine: OperatedEngine;

  beforeEach(() => {
    engine = new OperatedEngine();
    engine.tell(0, 20);
  });
  afterEach(() => engine.stop());

  async function restartedAfter(harm: () => void) {
    await engine.start(tallyProjection);
    await until(() => engine.stateOf('tally:v1') === 'live');
    await engine.caughtUp();
    await engine.stop();
    harm();
    const projector = await engine.start(tallyProjection);
    engine.tell(20, 40);
    await engine.caughtUp();
    return projector.reports().map(({ retries, repairs }) => ({ retries, repairs }));
  }

  it('folds a document that was removed again from the log when its next event comes', async () => {
    const report = await restartedAfter(() => engine.store.collection('tally_v1').delete('c3'));
    expect(report).toEqual([{ retries: 0, repairs: 1 }]);
    expect(storedState(engine.store)).toEqual(cleanFold(engine.log));
  });

  it('folds a document that was set back again from the log, and keeps the digest of what it should have been', async () => {
    await engine.start(tallyProjection);
    await engine.caughtUp();
    const old = engine.store.collection('tally_v1').get('c3')!;
    await engine.stop();
    engine.tell(20, 30);
    const report = await restartedAfter(() => engine.store.collection('tally_v1').set('c3', old));
    expect(report).toEqual([{ retries: 0, repairs: 1 }]);
    expect(storedState(engine.store)).toEqual(cleanFold(engine.log));
  });

  it('compares with the log after a decision what it compared before it: events, not where others have got to', async () => {
    const plain = { ...(tallyProjection as AnyProjection), name: 'plain', context: undefined };
    await engine.start(tallyProjection, plain);
    engine.log.record('complaint-c3', 'Poison', { label: 'bad' });
    engine.log.record('calendar-default', 'CalendarDefined', { factor: 4 });
    await engine.caughtUp();
    await until(() => engine.parkedIn('parked_plain_v1').length === 1);
    const poison = engine.parkedIn('parked_plain_v1')[0]!._id;
    const decision = { by: 'admin', reason: 'told so' };
    const answer = await skipParked(engine.store, { ...build, name: 'plain' }, poison, decision);
    expect(answer.state).toBe('done');
    await engine.stop();
    // Its head lies before the calendar's event, which it knows nothing of.
    await expect(engine.start(plain)).resolves.toBeDefined();
  });
});
