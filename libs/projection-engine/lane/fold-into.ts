import type { BatchPlan } from './batch-plan.js';
import { Breather } from './breather.js';
import { ComplaintFolding, type OwnedEntry } from './complaint-folding.js';
import type { CachedState } from './document-cache.js';
import type { DocumentStates } from './document-states.js';
import type { LaneContext } from './lane-context.js';

/** Entries of each complaint, in order; complaints in the order of their first entry. */
export function byComplaint(entries: readonly OwnedEntry[]): Map<string, OwnedEntry[]> {
  const groups = new Map<string, OwnedEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.complaintId);
    if (group) group.push(entry);
    else groups.set(entry.complaintId, [entry]);
  }
  return groups;
}

/** Folds events into a batch, on top of what it has folded already. Reads, but writes nothing. */
export async function foldInto(
  plan: BatchPlan,
  lane: LaneContext,
  states: DocumentStates,
  groups: ReadonlyMap<string, readonly OwnedEntry[]>,
  before: ReadonlyMap<string, CachedState>,
  redo = false,
): Promise<void> {
  const parked = await states.parkedFrom(plan, groupsWithParked(groups, redo));
  const breather = new Breather();
  for (const [id, entries] of groups) {
    const breath = breather.breath();
    if (breath) await breath;
    const folding = new ComplaintFolding(lane, plan, id, before.get(id), parked.get(id));
    let at = folding.fold(entries, 0);
    for (let entry = entries[at]; entry; entry = entries[at]) {
      folding.repair(entry, await states.fromLog(entry));
      at = folding.fold(entries, at);
    }
  }
}

function groupsWithParked(groups: ReadonlyMap<string, readonly OwnedEntry[]>, redo: boolean): string[] {
  const ids: string[] = [];
  for (const [id, [first]] of groups)
    if (redo || (first && first.partition.progress.parked > 0)) ids.push(id);
  return ids;
}
