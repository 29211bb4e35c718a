import { setTimeout as sleep } from 'node:timers/promises';
import { cleanFold, storedState } from '#libs/testing/projections/clean-fold.js';
import { OperatedEngine, until } from '#libs/testing/projections/operated-engine.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { UnreliableStore } from '#libs/testing/projections/unreliable-store.js';
import {
  projectionStatuses,
  retryParked,
  startProjector,
  verifyProjection,
  type AnyProjection,
} from '../index.js';

const tally = tallyProjection as AnyProjection;

/** A process that is cut off just before its nth write of a document, a checkpoint or a parked event. */
async function diesBefore(nth: number, { log, store }: OperatedEngine, projection = tally): Promise<void> {
  let writes = 0;
  const reached: UnreliableStore = new UnreliableStore(store, () => {
    writes += 1;
    if (writes < nth) return Promise.resolve();
    reached.kill();
    return Promise.reject(new Error('cut off'));
  });
  const tuning = { beatMs: 10, leaseMs: 50, backOffBaseMs: 1, partitions: 3 };
  const projector = await startProjector({ log, store: reached, projections: [projection], tuning });
  await until(() => writes >= nth);
  await projector.stop().catch(() => undefined);
}

/** The same version by a release that can apply what the other could not. */
const mended: AnyProjection = {
  ...tally,
  fold: (document, event, context) =>
    tally.fold(document, event.type === 'Poison' ? { ...event, type: 'Noted' } : event, context),
};

describe('A batch that a process left half written', () => {
  // Three plans, seven documents, and what follows them.
  it.each([1, 3, 4, 5, 7, 10, 11, 12])(
    'is finished by the next one from what is stored, without asking the log again (cut off before write %i)',
    async (nth) => {
      const engine = new OperatedEngine();
      engine.tell(0, 30);
      await diesBefore(nth, engine);
      engine.tell(30, 40);
      await engine.start(tally);
      await engine.caughtUp();
      // Until the process has told of itself again.
      await sleep(60);
      const [status] = await projectionStatuses(engine);
      await engine.stop();
      expect(storedState(engine.store)).toEqual(cleanFold(engine.log));
      expect(status?.repairs).toBe(0);
    },
  );

  // The plans and the parked events are written; one or more documents are not.
  it.each([6, 8, 11])(
    'leaves parked what it had parked, also where the next one could apply it (cut off before write %i)',
    async (nth) => {
      const engine = new OperatedEngine();
      engine.tell(0, 20);
      engine.log.record('complaint-c3', 'Poison', { label: 'bad' });
      engine.log.record('complaint-c3', 'Noted', { label: 'behind' });
      await diesBefore(nth, engine);
      expect(engine.parkedIn()).toHaveLength(2);
      await engine.start(mended);
      await engine.caughtUp();
      await engine.stop();
      const { log, store } = engine;
      expect(engine.parkedIn().map(({ type }) => type)).toEqual(['Poison', 'Noted']);
      const { digest, findings } = await verifyProjection({ store, log, projection: tally });
      expect({ kept: digest.kept, findings }).toEqual({ kept: digest.documents, findings: 0 });
    },
  );
});

describe('A retry that a process left half carried out', () => {
  // The plan, the document, two parked events that leave the list, and the progress.
  it.each([1, 2, 3, 4, 5, 6])('is finished by the next one (cut off before write %i)', async (nth) => {
    const engine = new OperatedEngine();
    engine.tellPoison();
    await engine.start(tally);
    await engine.caughtUp();
    await engine.stop();
    const build = { name: 'tally', version: 1, build: 0 };
    const poison = engine.parkedIn()[0]!._id;
    await retryParked(engine.store, build, poison, { by: 'admin', reason: 'mended', patienceMs: 0 });
    await diesBefore(nth, engine, mended);
    await engine.start(mended);
    await until(() => engine.parkedIn().length === 0);
    engine.tell(30, 40);
    await engine.caughtUp();
    await engine.stop();
    const { log, store } = engine;
    expect((await verifyProjection({ store, log, projection: mended })).sound).toBe(true);
    expect([...store.records.values()].map(({ parked }) => parked)).toEqual([0, 0, 0]);
  });
});
