import { absorb } from '../fold/absorb.js';
import type { BatchPlan } from './batch-plan.js';
import type { OwnedEntry } from './complaint-folding.js';
import type { LaneContext } from './lane-context.js';

/**
 * Behind the head most events are of complaints that the growing batch has begun to change: there is nothing to look up for
 * those. False, and nothing done, wherever there is more to it.
 */
export function foldedAtOnce(lane: LaneContext, plan: BatchPlan | undefined, entry: OwnedEntry): boolean {
  const { complaintId, partition, message } = entry;
  if (!plan || partition.unfinished || partition.progress.parked > 0 || plan.parked.length > 0) return false;
  const grown = plan.grown(complaintId);
  if (!grown) return false;
  const outcome = absorb(lane.runs, grown.state, entry, lane.skips);
  if (outcome.kind !== 'absorbed') return false;
  grown.state = outcome.state;
  plan.absorbed(partition, 1, message.event.position);
  return true;
}
