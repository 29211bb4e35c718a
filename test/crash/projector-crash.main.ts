/**
 * Many seeded runs of killed, paused and competing projectors: `npm run test:crash:projector -- [--runs 200] [--from 1] [--events 900]`.
 * Prints every run that left a read model other than a clean fold of the log, and ends with 1 if there was one.
 */
import { parseArgs } from 'node:util';
import { startTestEngines } from '#libs/testing/embedded-engines.js';
import { CrashScene } from './projector-crash.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    events: { type: 'string', default: '900' },
  },
});
const from = Number(values.from);
const runs = Number(values.runs);
const engines = await startTestEngines();
const scene = await CrashScene.open(engines, Number(values.events));
let [kills, pauses, unfinished, parked, wrong] = [0, 0, 0, 0, 0];
const write = (line: string) => process.stdout.write(`${line}\n`);
try {
  for (let seed = from; seed < from + runs; seed++) {
    const report = await scene.run(seed);
    kills += report.kills;
    pauses += report.pauses;
    unfinished += report.unfinished;
    parked += report.parked;
    for (const found of report.verifications.filter(({ sound }) => !sound)) {
      wrong += 1;
      write(JSON.stringify({ seed, ...found }));
    }
    if ((seed - from + 1) % 10 === 0)
      write(
        `${seed - from + 1} runs: ${kills} kills, ${pauses} pauses, ${unfinished} unfinished batches, ${wrong} wrong`,
      );
  }
} finally {
  await scene.close();
  await engines.stop();
}
write(
  `${runs} runs, ${kills} kills, ${pauses} pauses, ${unfinished} batches left unfinished, ${parked} parked events compared; ${wrong} read models differ from a clean fold`,
);
process.exitCode = wrong === 0 ? 0 : 1;
