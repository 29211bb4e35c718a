import { crashRun } from './crash-run.js';

/** The long form is `npm run test:crash:eventstore -- --runs 200`. */
describe('the event store, killed with -9 while 16 writers append', () => {
  it.each([1, 2, 3, 4, 5])('has every acknowledged event, and no append by half (seed %i)', async (seed) => {
    const run = await crashRun(seed, 2);
    expect(run.problems).toEqual([]);
    expect(run.appends).toBeGreaterThan(0);
  });
});
