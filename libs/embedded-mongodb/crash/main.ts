import { parseArgs } from 'node:util';
import { crashRun } from './crash-run.js';

/** `npm run test:crash:mongodb -- --runs 200 --seed 1` */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});

let failed = 0;
let acknowledged = 0;
const first = Number(values.seed);
for (let seed = first; seed < first + Number(values.runs); seed++) {
  const report = await crashRun(seed);
  acknowledged += report.acknowledged;
  if (report.problems.length > 0) failed++;
  const verdict = report.problems.length === 0 ? 'ok' : `FAILED: ${report.problems.slice(0, 5).join('; ')}`;
  process.stdout.write(
    `seed ${seed}: ${report.kills} kills, ${report.acknowledged} writes acknowledged, ${verdict}\n`,
  );
}
process.stdout.write(`${values.runs} runs, ${acknowledged} writes acknowledged, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
