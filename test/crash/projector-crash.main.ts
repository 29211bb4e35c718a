/**
 * Many seeded runs of killed, paused and competing projectors: `npm run test:crash:projector -- [--runs 200] [--from 1] [--events 300] [--minutes 30]`.
 * Ten runs in a row share one growing log, which their first seed decides; no run begins after the minutes are over, and
 * the closing line says how many were made. `MONGO_TEST_URL` puts the read models on a server of your own.
 * Prints every run that left a read model other than a clean fold of the log, and ends with 1 if there was one.
 */
import { parseArgs } from 'node:util';
import { endOnSignals } from './end-on-signals.js';
import { CrashScene } from './projector-crash.js';

endOnSignals();
const runsPerLog = 10;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    events: { type: 'string', default: '300' },
    minutes: { type: 'string', default: 'Infinity' },
  },
});
const from = Number(values.from);
const runs = Number(values.runs);
const until = performance.now() + Number(values.minutes) * 60_000;
const sums = { made: 0, kills: 0, pauses: 0, unfinished: 0, parked: 0, wrong: 0 };
const write = (line: string) => process.stdout.write(`${line}\n`);

async function runOnce(scene: CrashScene, seed: number): Promise<void> {
  const began = performance.now();
  const report = await scene.run(seed).catch((error: unknown) => {
    throw new Error(`The run of seed ${seed} did not come to its end.`, { cause: error });
  });
  sums.made += 1;
  write(`seed ${seed}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  for (const key of ['kills', 'pauses', 'unfinished', 'parked'] as const) sums[key] += report[key];
  for (const found of report.verifications.filter(({ sound }) => !sound)) {
    sums.wrong += 1;
    write(JSON.stringify({ seed, ...found }));
  }
}

for (let first = from; first < from + runs && performance.now() < until; first += runsPerLog) {
  const scene = await CrashScene.open(Number(values.events), first);
  try {
    const end = Math.min(first + runsPerLog, from + runs);
    for (let seed = first; seed < end && performance.now() < until; seed++) await runOnce(scene, seed);
  } finally {
    await scene.close();
  }
  write(
    `${sums.made} runs: ${sums.kills} kills, ${sums.pauses} pauses, ${sums.unfinished} unfinished batches, ${sums.wrong} wrong`,
  );
}
write(
  `${sums.made} of ${runs} runs, ${sums.kills} kills, ${sums.pauses} pauses, ${sums.unfinished} batches left unfinished, ${sums.parked} parked events compared; ${sums.wrong} read models differ from a clean fold`,
);
process.exitCode = sums.wrong === 0 ? 0 : 1;
