import { connectEventStore } from '#libs/event-store/index.js';
import { connectReadStore } from '#libs/read-store/index.js';
import { reasonOf } from '#libs/projection-engine/fold/absorb.js';
import { PROJECTIONS } from '#projections/index.js';
import { runProjections } from '#apps/projector/run-projections.js';
import { mischievousLog } from '#libs/testing/projections/mischievous-log.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import type { ChildMessage, ChildOptions } from './projector-process.js';

/** A projector process to be killed: the product's own projections, with small batches so that there are many seams. */
const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
// Whoever started it may die first.
process.once('disconnect', () => process.exit(0));
const tell = (message: ChildMessage) => process.send?.(message);
const eventStore = mischievousLog(
  await connectEventStore({ url: options.eventStoreUrl }),
  seededRandom(options.seed),
);
const readStore = await connectReadStore({ url: options.mongoUrl, database: options.database });
const warn = (details: object, message: string) => {
  const { err } = details as { err?: unknown };
  tell({ warning: `${new Date().toISOString()} ${message}${err === undefined ? '' : `: ${reasonOf(err)}`}` });
};
const { projector } = await runProjections({
  eventStore,
  readStore,
  projections: PROJECTIONS,
  logger: { info: () => undefined, warn, error: warn },
  tuning: options.tuning,
});
tell({ running: projector.memberId });
