import { connectEventStore } from '#libs/event-store/index.js';
import { createProgressWaiter, startProjector } from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { ComplaintLives, tellConfiguration } from '#libs/testing/projections/complaint-lives.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { calendarDefined } from '#libs/testing/recorded-events.js';
import { satisfactionFacts, slaFacts } from '#projections/index.js';
import { tellComplaints } from './told-complaints.js';

const DAY = 24 * 3_600_000;
const PREFIXES = ['complaint-', 'calendar-', 'callTree-', 'category-', 'team-', 'slaPolicy-'];

export interface Stores {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly database: string;
}

/**
 * Complaints of 228 days straight into the log, and both read models that reports are made from brought up to it.
 * @returns a moment half-way through the recording
 */
export async function fillStores(
  { eventStoreUrl, mongoUrl, database }: Stores,
  complaints: number,
): Promise<Date> {
  const [began, beganAt] = [performance.now(), Date.now()];
  const log = await connectEventStore({ url: eventStoreUrl });
  const readStore = await connectReadStore({ url: mongoUrl, database });
  const random = seededRandom(1);
  const lives = new ComplaintLives(random, 1, 'bench');
  await tellConfiguration(log, lives);
  const longer = { monday: [['08:00', '18:00']], saturday: [['10:00', '14:00']] } as const;
  await log.append('calendar-other', 'no-stream', [
    lives.envelope(calendarDefined({ code: 'other', hours: longer })),
  ]);
  const events = await tellComplaints(log, complaints, Date.now() - 240 * DAY, Date.now() - 12 * DAY, random);
  const [written, writtenAt] = [performance.now(), Date.now()];
  const store = projectionStoreOn(readStore);
  const projections = [slaFacts, satisfactionFacts];
  const projector = await startProjector({ log, store, projections });
  const waiter = createProgressWaiter({ store, projector });
  const names = projections.map(({ name }) => name);
  await waiter.waitFor(names, (await log.head(PREFIXES)) ?? '', 3_600_000);
  waiter.close();
  await projector.stop();
  await readStore.close();
  await log.close();
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
  console.log(
    `${complaints} complaints, ${events} events: written in ${seconds(began, written)} s, ` +
      `projected in ${seconds(written, performance.now())} s`,
  );
  return new Date((beganAt + writtenAt) / 2);
}
