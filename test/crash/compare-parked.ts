import { complaintIdOf } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import { LogFold } from '#libs/projection-engine/fold/log-fold.js';
import { runnable } from '#libs/projection-engine/fold/runnable-projection.js';
import { Skips } from '#libs/projection-engine/fold/skips.js';
import {
  buildKey,
  listParked,
  type AnyProjection,
  type ParkedEvent,
  type ProjectionStore,
} from '#libs/projection-engine/index.js';

export interface ParkedComparison {
  readonly rows: number;
  readonly differences: readonly string[];
}

/** What is parked, and what the checkpoints count, beside what a plain fold of the log could not apply and all behind it. */
export async function compareParked(
  store: ProjectionStore,
  log: EventStore,
  projection: AnyProjection,
): Promise<ParkedComparison> {
  const id = { name: projection.name, version: projection.version, build: 0 };
  const rows = await allParked(store, id);
  const found = new Set(rows.map(({ _id }) => _id));
  const expected = await parkedByPlainFold(log, projection);
  const differences = [...found].filter((row) => !expected.has(row));
  differences.push(...[...expected].filter((row) => !found.has(row)));
  const counted = (await store.checkpoints.read([buildKey(id)])).reduce((sum, { parked }) => sum + parked, 0);
  if (counted !== rows.length) differences.push(`counted ${counted} of ${rows.length}`);
  return { rows: rows.length, differences };
}

async function allParked(
  store: ProjectionStore,
  id: Parameters<typeof listParked>[1],
): Promise<ParkedEvent[]> {
  const rows: ParkedEvent[] = [];
  let after: string | undefined;
  do {
    const page = await listParked(store, id, { limit: 500, ...(after === undefined ? {} : { after }) });
    rows.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

async function parkedByPlainFold(log: EventStore, projection: AnyProjection): Promise<Set<string>> {
  const runs = runnable(projection);
  const fold = new LogFold(runs, new Skips(), () => true);
  const parked = new Set<string>();
  for await (const message of log.readLog({ prefixes: runs.prefixes })) {
    if (message.kind === 'position') continue;
    fold.apply(message);
    const complaintId = complaintIdOf(message.event.streamId);
    if (complaintId === undefined || !fold.complaints.get(complaintId)?.poison) continue;
    parked.add(`${complaintId}/${message.event.position}`);
  }
  return parked;
}
