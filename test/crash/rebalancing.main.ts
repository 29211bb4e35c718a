/**
 * Projector processes that join, are killed, and are stopped beyond their lease: `npm run test:rebalancing -- [--rounds 20] [--seed 1]`.
 * Prints how long it took each time until the partitions were shared anew, and ends with 1 if a read model differs from
 * a clean fold of the log.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { endOnSignals } from './end-on-signals.js';
import { Rebalancing } from './rebalancing.js';

endOnSignals();
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const random = seededRandom(Number(values.seed));
const write = (line: string) => process.stdout.write(`${line}\n`);
const rebalancing = await Rebalancing.open(Number(values.seed));
try {
  await rebalancing.begin();
  await rebalancing.join(2);
  for (let round = 0; round < Number(values.rounds); round++) {
    await rebalancing.join();
    if (random() < 0.5) await rebalancing.stunOne();
    await rebalancing.killOne();
  }
  const wrong = await rebalancing.verify();
  for (const what of new Set(rebalancing.steps.map((step) => step.what))) {
    const times = rebalancing.steps.filter((step) => step.what === what).map(({ ms }) => ms / 1000);
    write(
      `${what}: ${times.length} times, ${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)} s`,
    );
  }
  for (const line of wrong) write(line);
  write(`${wrong.length} read models differ from a clean fold`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await rebalancing.close();
}
