import { OperatedEngine } from '#libs/testing/projections/operated-engine.js';
import { RandomStory } from '#libs/testing/projections/random-story.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { tallyProjection } from '#libs/testing/projections/tally-projection.js';
import { verifyProjection, verifyProjections, type Projection } from '../index.js';
import type { StoredDocument } from '../store/projection-store.port.js';

const build = { name: 'tally', version: 1, build: 0 };

/** Seeds to run; raise by `VERIFY_RUNS=2000` for a long search. */
const runs = Number(process.env['VERIFY_RUNS'] ?? 25);

async function projected(seed: number) {
  const random = seededRandom(seed);
  const story = new RandomStory(random);
  const { engine } = story;
  story.tell(story.below(150) + 30);
  await engine.start(tallyProjection);
  await engine.caughtUp();
  if (story.chance(0.5)) {
    await story.skipWhatIsParked(build);
    story.tell(10);
    await engine.caughtUp();
  }
  await engine.stop();
  // From a window that lets nearly everything go to one that holds all.
  const window = [1, 8, 40, 1000][story.below(4)]!;
  return {
    story,
    engine,
    ask: { store: engine.store, log: engine.log, projection: tallyProjection, window },
  };
}

describe('A check of read models against the log', () => {
  it('finds what the engine has written sound, whatever it has room for', async () => {
    for (let seed = 1; seed <= runs; seed++) {
      const { engine, ask } = await projected(seed);
      const documents = engine.store.collection('tally_v1').size;
      expect({ seed, ...(await verifyProjection(ask)) }).toMatchObject({ seed, sound: true, documents });
    }
  });

  it('tells how far it is, and in the end that it is through', async () => {
    const engine = new OperatedEngine();
    for (let told = 0; told < 2500; told++)
      engine.log.record(`complaint-c${told % 50}`, 'Noted', { label: String(told) });
    await engine.start(tallyProjection);
    await engine.caughtUp();
    await engine.stop();
    const reached: string[] = [];
    const { position } = await verifyProjection({
      store: engine.store,
      log: engine.log,
      projection: tallyProjection,
      onProgress: (at, until) => {
        expect(at <= until).toBe(true);
        reached.push(at);
      },
    });
    expect(reached).toHaveLength(3);
    expect(reached).toEqual(reached.toSorted());
    expect(reached.at(-1)).toBe(position);
  });

  it('finds exactly what was altered, removed, added or set back, whatever it has room for', async () => {
    for (let seed = 1; seed <= runs; seed++) {
      const { story, engine, ask } = await projected(seed);
      const documents = engine.store.collection('tally_v1');
      const all = [...documents.values()];
      const wrong = { corrupted: [] as string[], missing: [] as string[], superfluous: [] as string[] };
      const spoil = (kind: keyof typeof wrong, document: StoredDocument) => {
        wrong[kind].push(document._id);
        if (kind === 'missing') documents.delete(document._id);
        else documents.set(document._id, document);
      };
      for (const document of all.filter(() => story.chance(0.3))) {
        const dice = story.below(4);
        if (dice === 0) spoil('missing', document);
        if (dice === 1) spoil('corrupted', { ...document, revision: document.revision + 1 });
        if (dice === 2) spoil('corrupted', { ...document, position: '9'.repeat(41) });
        if (dice === 3) spoil('corrupted', { ...document, factor: -1 });
      }
      if (story.chance(0.5) && all[0]) spoil('superfluous', { ...all[0], _id: 'ghost' });
      const found = await verifyProjection(ask);
      const sorted = ({ corrupted, missing, superfluous }: typeof found | typeof wrong) =>
        [corrupted, missing, superfluous].map((ids) => ids.toSorted());
      const findings = Object.values(wrong).flat().length;
      expect({ seed, found: sorted(found), findings: found.findings, sound: found.sound }).toEqual({
        seed,
        found: sorted(wrong),
        findings,
        sound: findings === 0,
      });
    }
  });

  it('finds a document that a change of the context has passed by long after its last event', async () => {
    const engine = new OperatedEngine();
    engine.tell(0, 7);
    await engine.start(tallyProjection);
    await engine.caughtUp();
    const before = engine.store.collection('tally_v1').get('c2')!;
    engine.tell(10, 11);
    for (let count = 0; count < 20; count++) engine.log.record('complaint-c4', 'Noted', { label: 'again' });
    engine.log.record('calendar-default', 'CalendarDefined', { factor: 7 });
    await engine.caughtUp();
    await engine.stop();
    engine.store.collection('tally_v1').set('c2', before);
    const { store, log } = engine;
    const found = await verifyProjection({ store, log, projection: tallyProjection, window: 8 });
    expect(found).toMatchObject({ corrupted: ['c2'], findings: 1 });
  });

  it('finds a living read model sound while its projector goes on', async () => {
    const story = new RandomStory(seededRandom(3));
    const { engine } = story;
    story.tell(200);
    await engine.start(tallyProjection);
    await engine.caughtUp();
    const telling = setInterval(() => {
      story.tell(5);
    }, 1);
    try {
      const { store, log } = engine;
      for (const window of [1, 20, 1000, 1, 20, 1000]) {
        const found = await verifyProjection({ store, log, projection: tallyProjection, window });
        expect(found).toMatchObject({ findings: 0, sound: true });
      }
    } finally {
      clearInterval(telling);
      await engine.stop();
    }
  });

  it('looks again at what was taken away while it looked', async () => {
    const engine = new OperatedEngine();
    engine.tell(0, 70);
    await engine.start(tallyProjection);
    await engine.caughtUp();
    const { store, log } = engine;
    const load = store.documents.load.bind(store.documents);
    let looks = 0;
    store.documents.load = async (collection, ids) => {
      if (ids.length === 7 && looks++ === 0) {
        log.record('complaint-c2', 'Removed', {});
        await engine.caughtUp();
      }
      return await load(collection, ids);
    };
    const found = await verifyProjection({ store, log, projection: tallyProjection, window: 1 });
    await engine.stop();
    expect(looks).toBe(1);
    expect(found).toMatchObject({ findings: 0, sound: true, documents: 6 });
  });

  it('reads the log once for all read models, and each doubted stream once', async () => {
    const other: Projection = { name: 'plain', version: 1, indexes: [], fold: () => ({}) };
    const engine = new OperatedEngine();
    engine.tell(0, 70);
    await engine.start(tallyProjection, other);
    await engine.caughtUp();
    await engine.stop();
    const { store } = engine;
    const read = { logs: 0, streams: 0 };
    const log = Object.create(engine.log) as typeof engine.log;
    log.readLog = (range) => {
      if (range.prefixes.includes('complaint-')) read.logs += 1;
      return engine.log.readLog(range);
    };
    log.readStream = (stream) => {
      read.streams += 1;
      return engine.log.readStream(stream);
    };
    const builds = [{ projection: tallyProjection }, { projection: other }];
    const found = await verifyProjections({ store, log, builds, window: 4 });
    expect(found.map(({ sound, documents }) => [sound, documents])).toEqual([
      [true, 7],
      [true, 7],
    ]);
    expect(read.logs).toBe(1);
    expect(read.streams).toBeLessThanOrEqual(7);
  });
});
