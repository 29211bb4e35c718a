import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { dropBuild, rollbackBuild, switchBuild, type AnyProjection } from '../index.js';

const one = tallyProjection as AnyProjection;
/** As the next release has it: it marks what it wrote. */
const two: AnyProjection = {
  ...one,
  version: 2,
  fold: (...given) => {
    const folded = one.fold(...given);
    return folded && { ...folded, release: 2 };
  },
};
const [v1, v2] = [
  { name: 'tally', version: 1, build: 0 },
  { name: 'tally', version: 2, build: 0 },
];
/** In both releases. */
const plain: AnyProjection = { ...one, name: 'plain', context: undefined };

describe('two releases side by side', () => {
  let engine: OperatedEngine;

  beforeEach(() => {
    engine = new OperatedEngine();
  });
  afterEach(() => engine.stop());

  const marked = (collection: string) =>
    [...engine.store.collection(collection).values()].filter((document) => document['release'] === 2).length;

  async function level(build: string): Promise<void> {
    const head = engine.log.messages.at(-1)!.event.position;
    await until(() => {
      const records = [...engine.store.records.values()].filter((record) => record.build === build);
      return records.length === 3 && records.every(({ position }) => (position ?? '') >= head);
    });
  }

  /** Both keep what is theirs current, and nothing else. */
  async function bothHold(): Promise<void> {
    await level('tally:v1');
    await level('tally:v2');
    expect(storedState(engine.store, 'tally_v1').documents).toEqual(cleanFold(engine.log).documents);
    expect([marked('tally_v1'), marked('tally_v2')]).toEqual([0, 7]);
  }

  it('each keep their own builds through a switch, a way back, a drop and restarts', async () => {
    engine.tell(0, 60);
    const oldRelease = await engine.start(one, plain);
    await until(() => engine.stateOf('tally:v1') === 'live');
    const newRelease = await engine.start(two, plain);
    await until(() => engine.store.aliases.get('tally')?.version === 2);
    engine.tell(60, 100);
    await bothHold();

    await rollbackBuild(engine.store, 'tally', 'admin');
    await newRelease.stop();
    engine.tell(100, 130);
    const again = await engine.start(two, plain);
    await bothHold();
    // It had taken over once; who went back is not overruled by a restart.
    expect(engine.store.aliases.get('tally')?.version).toBe(1);

    await switchBuild(engine.store, v2, 'admin');
    await oldRelease.stop();
    // Level still, as nothing has come; but from now on it would stay as it is.
    await expect(rollbackBuild(engine.store, 'tally', 'admin')).rejects.toThrow(
      'No projector follows tally:v1',
    );
    engine.tell(130, 150);
    const oldAgain = await engine.start(one, plain);
    await bothHold();
    expect(engine.store.aliases.get('tally')?.version).toBe(2);

    await dropBuild(engine.store, v1, 'admin');
    await until(() => engine.stateOf('tally:v1') === 'dropped');
    await oldAgain.stop();
    await engine.start(one, plain);
    await again.stop();
    engine.tell(150, 160);
    await level('plain:v1');
    expect([engine.stateOf('tally:v1'), engine.store.aliases.get('tally')?.version]).toEqual(['dropped', 2]);
    expect([...engine.store.collections.keys()].sort()).toEqual(['plain_v1', 'tally_v2']);
  });

  it('an older one that comes to a newer one’s store builds beside it, and does not take over', async () => {
    engine.tell(0, 20);
    await engine.start(two);
    await level('tally:v2');
    await engine.start(one);
    await until(() => engine.stateOf('tally:v1') === 'live');
    expect(engine.store.buildRecords.get('tally:v1')?.switchWhenCaughtUp).toBe(false);
    expect(engine.store.aliases.get('tally')?.version).toBe(2);
  });

  it('the older goes on after the newer, which followed streams that it does not know', async () => {
    engine.tell(0, 20);
    const newRelease = await engine.start(plain, one);
    await level('plain:v1');
    engine.log.record('calendar-default', 'CalendarDefined', { factor: 2 });
    await level('plain:v1');
    await newRelease.stop();
    await engine.start(plain);
    engine.tell(20, 30);
    await level('plain:v1');
    const events = [...engine.store.records.values()].filter(({ build }) => build === 'plain:v1');
    expect(events.reduce((sum, record) => sum + record.events, 0)).toBe(30);
  });
});
