import { CrashScene } from './projector-crash.js';

/** The long form: `npm run test:crash:projector -- --runs 200`. */
describe('projectors that are killed and paused at random moments', () => {
  let scene: CrashScene;

  beforeAll(async () => {
    scene = await CrashScene.open(300);
  });
  afterAll(async () => {
    await scene.close();
  });

  it.each([1, 2, 3, 4])(
    'leave read models that equal a clean fold, document by document and by digest (seed %i)',
    async (seed) => {
      const { verifications } = await scene.run(seed);
      for (const { projection, sound, findings, digest, documents, parked } of verifications) {
        expect({ projection, sound, findings, parked }).toEqual({
          projection,
          sound: true,
          findings: 0,
          parked: [],
        });
        expect(digest.kept).toBe(digest.documents);
        expect(documents).toBeGreaterThan(0);
      }
    },
    // Each run starts about six processes, which takes what a busy machine has left.
    240_000,
  );
});
