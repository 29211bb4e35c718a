import { parseArgs } from 'node:util';
import { crashRun } from './crash-run.js';

/** `npm run test:crash:eventstore -- --runs 200 [--seed 1]`: the long form of crash.int.spec.ts. */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
let failed = 0;
for (let seed = first; seed < first + Number(values.runs); seed++) {
  const run = await crashRun(seed);
  if (run.problems.length > 0) failed++;
  const verdict = run.problems.length === 0 ? 'sound' : `BROKEN: ${run.problems.slice(0, 3).join('; ')}`;
  process.stdout.write(
    `seed ${seed}: ${run.appends} appends, ${run.acknowledged} acknowledged before the last kill, ${verdict}\n`,
  );
}
process.stdout.write(failed === 0 ? 'Every acknowledged event was there.\n' : `${failed} runs failed.\n`);
process.exitCode = failed === 0 ? 0 : 1;
