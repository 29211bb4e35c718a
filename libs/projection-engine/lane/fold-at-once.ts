import { absorb } from '../fold/absorb.js';
import type { BatchPlan } from './batch-plan.js';
import type { OwnedEntry } from './complaint-folding.js';
import type { LaneContext } from './lane-context.js';

/**
 * Behind the head most events are of complaints that the growing batch has begun to change: there is nothing to look up for
 * those. False, and nothing done, wherever there is more to it. A complaint that has been parked stands still: to what is
 * folded here its later events come after a gap.
 */
export function foldedAtOnce(lane: LaneContext, plan: BatchPlan | undefined, entry: OwnedEntry): boolean {
  const grown = plan?.grown(entry.complaintId);
  if (!plan || !grown) return false;
  const outcome = absorb(lane.runs, grown.state, entry, lane.skips);
  if (outcome.kind !== 'absorbed') return false;
  grown.state = outcome.state;
  plan.absorbed(entry.partition, 1, entry.message.event.position);
  return true;
}
