import { buildCollection, parkedCollection } from '../builds/build-id.js';
import type { PlannedProgress } from '../builds/checkpoint-record.js';
import { UNTOUCHED, stateOf } from '../fold/document-state.js';
import { foldComplaint } from '../fold/fold-complaint.js';
import type { Advance } from '../store/projection-store.port.js';
import { BatchPlan } from './batch-plan.js';
import { withHash } from './document-cache.js';
import type { LaneContext } from './lane-context.js';
import { advanceOf, progressOf, type Partition } from './partition.js';

/**
 * Folds a parked complaint from its first event to where the partition stands. What can be applied now leaves the
 * parked list; what still cannot, stays with all behind it.
 */
export async function healComplaint(
  lane: LaneContext,
  partition: Partition,
  complaintId: string,
  store: (advance: Advance) => Promise<void>,
): Promise<string> {
  const until = partition.progress.position;
  if (until === null) return 'Nothing has been read yet.';
  const { log, runs, skips } = lane;
  const fold = await foldComplaint({ log, runs, skips, complaintId, until });
  const [found] = await lane.store.documents.load(buildCollection(lane.build), [complaintId]);
  const plan = new BatchPlan();
  plan.absorbed(partition, 0, until);
  plan.document(partition, complaintId, withHash(found ? stateOf(found) : UNTOUCHED), withHash(fold.state));
  const freed = await parkedBefore(lane, complaintId, fold.poison?.position);

  const planned = partition.unfinished ?? plannedHeal(plan, partition, complaintId, freed.length);
  if (!planned) return 'Nothing to do.';
  if (!partition.unfinished) await store(advanceOf(partition, planned));
  const unchanged = found?.revision === fold.state.revision && found.position === fold.state.position;
  if (!unchanged && plan.writes.length > 0) {
    await lane.store.documents.write(buildCollection(lane.build), plan.writes);
  }
  if (freed.length > 0) await lane.store.parked.remove(parkedCollection(lane.build), freed);
  partition.progress = progressOf(planned);
  partition.unfinished = null;
  await store(advanceOf(partition, null));
  return fold.poison
    ? `Still parked: ${fold.poison.reason}`
    : `Applied, ${freed.length} events left the parked list.`;
}

function plannedHeal(
  plan: BatchPlan,
  partition: Partition,
  complaintId: string,
  freed: number,
): PlannedProgress | null {
  const planned = plan.plannedFor(partition, { kind: 'heal', complaintId });
  if (!planned) return null;
  return {
    ...planned,
    eventPosition: partition.progress.eventPosition,
    parked: partition.progress.parked - freed,
  };
}

async function parkedBefore(
  lane: LaneContext,
  complaintId: string,
  poison: string | undefined,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const parked of lane.store.parked.ofComplaint(parkedCollection(lane.build), complaintId)) {
    if (poison === undefined || parked.position < poison) ids.push(parked._id);
  }
  return ids;
}
