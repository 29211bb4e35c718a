import { crashRun } from '../crash/crash-run.js';

/** The long form: `npm run test:crash:mongodb -- --runs 200`. */
describe('killed at a random moment under concurrent writes', () => {
  it.each([101, 102, 103, 104, 105])(
    'holds what it acknowledged and nothing half-written (seed %s)',
    async (seed) => {
      const { problems, acknowledged } = await crashRun(seed, { kills: 2, mostWrites: 20 });
      expect(problems).toEqual([]);
      expect(acknowledged).toBeGreaterThanOrEqual(2);
    },
  );
});
