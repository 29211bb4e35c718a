import type { RecordedEvent } from '#libs/event-contracts/index.js';
import { buildCollection, parkedCollection } from '../builds/build-id.js';
import { failsAtPoison } from '../builds/build-records.js';
import { refold, type Absorbed } from '../fold/absorb.js';
import { stateOf } from '../fold/document-state.js';
import { partitionOf } from '../membership/partition-of.js';
import { parkedEvent } from '../parked/park-event.js';
import { PoisonError } from '../engine.errors.js';
import type { Advance, StoredDocument } from '../store/projection-store.port.js';
import { BatchPlan } from './batch-plan.js';
import { withHash } from './document-cache.js';
import type { LaneContext } from './lane-context.js';
import { advanceOf, progressOf, type Partition } from './partition.js';

const chunkSize = 500;

/**
 * Applies a context event to the documents that it concerns. Two passes, as the progress must be known before the first
 * write: one that only adds up what will change, one that changes. Killed in between, the second is repeated, and
 * passes over documents that have absorbed the event already.
 */
export async function refoldDocuments(
  lane: LaneContext,
  partitions: ReadonlyMap<number, Partition>,
  event: RecordedEvent,
  context: unknown,
  store: (advances: readonly Advance[]) => Promise<void>,
): Promise<void> {
  const concerned = new Map<number, Partition>();
  for (const [index, partition] of partitions) {
    const { unfinished, progress } = partition;
    const isUnfinished = unfinished?.cause.kind === 'refold' && unfinished.position === event.position;
    if (isUnfinished || (!unfinished && (progress.position ?? '') < event.position))
      concerned.set(index, partition);
  }
  if (concerned.size === 0) return;

  const sums = new RefoldSums();
  for await (const chunk of changes(lane, concerned, event, context)) sums.add(chunk, event.position);
  const planned = [...concerned.values()].filter(
    (partition) => !partition.unfinished && sums.plan.plannedFor(partition, { kind: 'refold' }),
  );
  await store(
    planned.map((partition) => advanceOf(partition, sums.plan.plannedFor(partition, { kind: 'refold' }))),
  );
  for (const partition of planned) partition.unfinished = sums.plan.plannedFor(partition, { kind: 'refold' });

  for await (const chunk of changes(lane, concerned, event, context))
    await writeChunk(lane, chunk, event.position);
  const finished: Partition[] = [];
  for (const partition of concerned.values()) {
    if (!partition.unfinished) continue;
    partition.progress = progressOf(partition.unfinished);
    partition.unfinished = null;
    finished.push(partition);
  }
  await store(finished.map((partition) => advanceOf(partition, null)));
}

interface Change {
  readonly partition: Partition;
  readonly before: StoredDocument;
  readonly outcome: Extract<Absorbed, { kind: 'absorbed' | 'poison' }>;
  readonly event: RecordedEvent;
}

async function* changes(
  lane: LaneContext,
  concerned: ReadonlyMap<number, Partition>,
  event: RecordedEvent,
  context: unknown,
): AsyncGenerator<readonly Change[]> {
  const filter = {
    $and: [lane.runs.projection.context?.refold?.filter ?? {}, { position: { $lt: event.position } }],
  };
  let chunk: { before: StoredDocument; partition: Partition }[] = [];
  for await (const before of lane.store.documents.scan(buildCollection(lane.build), filter)) {
    const partition = concerned.get(partitionOf(before._id, lane.build));
    if (!partition) continue;
    chunk.push({ before, partition });
    if (chunk.length < chunkSize) continue;
    yield await applied(lane, chunk, event, context);
    chunk = [];
  }
  if (chunk.length > 0) yield await applied(lane, chunk, event, context);
}

async function applied(
  lane: LaneContext,
  chunk: readonly { before: StoredDocument; partition: Partition }[],
  event: RecordedEvent,
  context: unknown,
): Promise<readonly Change[]> {
  const parked = await lane.store.parked.parkedFrom(
    parkedCollection(lane.build),
    chunk.map(({ before }) => before._id),
  );
  return chunk.flatMap(({ before, partition }) => {
    if (parked.has(before._id)) return [];
    const outcome = refold(lane.runs, stateOf(before), event, context, lane.skips);
    if (outcome.kind === 'poison' && failsAtPoison(lane.build)) {
      throw new PoisonError(
        `${event.type} of ${event.streamId} cannot be applied to ${before._id}: ${outcome.reason}`,
      );
    }
    return outcome.kind === 'absorbed' || outcome.kind === 'poison'
      ? [{ partition, before, outcome, event }]
      : [];
  });
}

/** Adds up without keeping the documents. */
class RefoldSums {
  readonly plan = new BatchPlan();

  add(chunk: readonly Change[], position: string): void {
    for (const change of chunk) addTo(this.plan, change, position);
    this.plan.writes.length = 0;
    this.plan.parked.length = 0;
    this.plan.states.clear();
  }
}

async function writeChunk(lane: LaneContext, chunk: readonly Change[], position: string): Promise<void> {
  const plan = new BatchPlan();
  for (const change of chunk) addTo(plan, change, position);
  if (plan.parked.length > 0) await lane.store.parked.park(parkedCollection(lane.build), plan.parked);
  if (plan.writes.length > 0) await lane.store.documents.write(buildCollection(lane.build), plan.writes);
}

function addTo(plan: BatchPlan, { partition, before, outcome, event }: Change, position: string): void {
  plan.absorbed(partition, 0, position);
  if (outcome.kind === 'poison') {
    plan.park(partition, parkedEvent(before._id, { kind: 'event', event }, outcome.reason, false));
    return;
  }
  plan.document(partition, before._id, withHash(stateOf(before)), withHash(outcome.state));
}
