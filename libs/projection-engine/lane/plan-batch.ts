import { failsAtPoison } from '../builds/build-records.js';
import { parkedEvent, reasonWaits } from '../parked/park-event.js';
import { absorb, type Entry } from '../fold/absorb.js';
import type { DeliveredEvent } from '../fold/delivered-event.js';
import { PoisonError, StreamGapError } from '../engine.errors.js';
import { BatchPlan } from './batch-plan.js';
import { withHash, type CachedState } from './document-cache.js';
import type { DocumentStates } from './document-states.js';
import type { LaneContext } from './lane-context.js';
import type { Partition } from './partition.js';

export interface OwnedEntry extends Entry {
  readonly partition: Partition;
}

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

/** Folds a batch in memory to one write per document. Reads, but writes nothing. */
export async function planBatch(
  lane: LaneContext,
  states: DocumentStates,
  groups: ReadonlyMap<string, readonly OwnedEntry[]>,
  before: ReadonlyMap<string, CachedState>,
  redo: boolean,
): Promise<BatchPlan> {
  const plan = new BatchPlan();
  const parked = await states.parkedFrom(
    [...groups]
      .filter(([, [first]]) => redo || (first && first.partition.progress.parked > 0))
      .map(([id]) => id),
  );
  for (const [id, entries] of groups) {
    await planComplaint(lane, states, plan, id, entries, before.get(id), parked.get(id));
  }
  return plan;
}

async function planComplaint(
  lane: LaneContext,
  states: DocumentStates,
  plan: BatchPlan,
  id: string,
  entries: readonly OwnedEntry[],
  known: CachedState | undefined,
  parkedFrom: string | undefined,
): Promise<void> {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return;
  let before = known ?? (parkedFrom === undefined ? await states.fromLog(first) : undefined);
  let state = before?.state;
  let counted = 0;
  let parked = parkedFrom;
  for (const entry of entries) {
    const { position } = entry.message.event;
    if (parked !== undefined && position >= parked) {
      plan.park(entry.partition, parkedEvent(id, entry.message, reasonWaits, true));
      counted += 1;
      continue;
    }
    if (!before || !state) {
      before = await states.fromLog(entry);
      state = before.state;
    }
    let outcome = absorb(lane.runs, state, entry, lane.skips);
    if (outcome.kind === 'gap') {
      const repaired = await states.fromLog(entry);
      outcome = absorb(lane.runs, repaired.state, entry, lane.skips);
      // What the log itself does not hold cannot be awaited: it parks like anything else that cannot be applied.
      if (outcome.kind === 'gap') outcome = { kind: 'poison', reason: gapReason(entry, outcome.expected) };
    }
    if (outcome.kind === 'repeated') continue;
    counted += 1;
    if (outcome.kind === 'absorbed') {
      state = outcome.state;
    } else {
      if (failsAtPoison(lane.build)) throw poisoned(entry.message, outcome.reason);
      parked = position;
      plan.park(entry.partition, parkedEvent(id, entry.message, outcome.reason, false));
    }
  }
  plan.absorbed(first.partition, counted, last.message.event.position);
  if (before && state && state !== before.state) plan.document(first.partition, id, before, withHash(state));
}

function gapReason(entry: Entry, expected: number): string {
  const { streamId, revision } = entry.message.event;
  const gap = new StreamGapError(
    `event ${revision} arrived, but ${streamId} cannot be folded up to ${expected}`,
  );
  return `${gap.name}: ${gap.message}`;
}

export function poisoned({ event }: DeliveredEvent, reason: string): PoisonError {
  return new PoisonError(
    `${event.type}, event ${event.revision} of ${event.streamId}, cannot be applied: ${reason}`,
  );
}
