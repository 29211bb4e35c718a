/**
 * Many seeded runs of killed, paused and competing projectors: `npm run test:crash:projector -- [--runs 200] [--from 1] [--events 900] [--minutes 30]`.
 * No run begins after the minutes are over; the closing line says how many were made.
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
    minutes: { type: 'string', default: 'Infinity' },
  },
});
const from = Number(values.from);
const runs = Number(values.runs);
const until = performance.now() + Number(values.minutes) * 60_000;
const engines = await startTestEngines();
const scene = await CrashScene.open(engines, Number(values.events));
let [made, kills, pauses, unfinished, parked, wrong] = [0, 0, 0, 0, 0, 0];
const write = (line: string) => process.stdout.write(`${line}\n`);
try {
  for (let seed = from; seed < from + runs && performance.now() < until; seed++) {
    const began = performance.now();
    const report = await scene.run(seed).catch((error: unknown) => {
      throw new Error(`The run of seed ${seed} did not come to its end.`, { cause: error });
    });
    made += 1;
    write(`seed ${seed}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
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
  `${made} of ${runs} runs, ${kills} kills, ${pauses} pauses, ${unfinished} batches left unfinished, ${parked} parked events compared; ${wrong} read models differ from a clean fold`,
);
process.exitCode = wrong === 0 ? 0 : 1;
