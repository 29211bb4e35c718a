import { PoisonError } from '../engine.errors.js';
import { failsAtPoison } from '../builds/build-records.js';
import { absorb, absorbBeyondGap, type Absorbed, type Entry } from '../fold/absorb.js';
import type { DeliveredEvent } from '../fold/delivered-event.js';
import type { DocumentState } from '../fold/document-state.js';
import { parkedEvent, reasonWaits } from '../parked/park-event.js';
import type { BatchPlan } from './batch-plan.js';
import type { CachedState } from './document-cache.js';
import type { FoundInLog } from './document-states.js';
import type { LaneContext } from './lane-context.js';
import type { Partition } from './partition.js';

export interface OwnedEntry extends Entry {
  readonly partition: Partition;
}

/**
 * Folds the next events of one complaint into a batch. Synchronous, since nearly every complaint is in memory; where it
 * is not, `fold` stops and the caller asks the log.
 */
export class ComplaintFolding {
  private before: CachedState | undefined;
  private state: DocumentState | undefined;
  private repaired: { readonly entry: Entry; readonly found: FoundInLog } | undefined;
  private counted = 0;

  constructor(
    private readonly lane: LaneContext,
    private readonly plan: BatchPlan,
    private readonly id: string,
    known: CachedState | undefined,
    private parkedFrom: string | undefined,
  ) {
    const grown = plan.grown(id);
    this.before = grown?.before ?? known;
    this.state = grown?.state ?? known?.state;
  }

  /** Index of the first entry that needs the state before it from the log; the number of entries when all are done. */
  fold(entries: readonly OwnedEntry[], from: number): number {
    for (let at = from; at < entries.length; at++) {
      const entry = entries[at];
      if (entry && !this.foldOne(entry)) return at;
    }
    const last = entries.at(-1);
    if (last) this.finish(last);
    return entries.length;
  }

  /** What the log says stood just before the entry: that is what the digest holds, whatever the store does. */
  repair(entry: Entry, found: FoundInLog): void {
    this.repaired = { entry, found };
    if (this.plan.grown(this.id)) return;
    const { state, hash } = found;
    this.before = { state, hash, stored: this.before?.stored ?? null };
    this.state = state;
  }

  private foldOne(entry: OwnedEntry): boolean {
    const { message, partition } = entry;
    const { position } = message.event;
    if (this.parkedFrom !== undefined && position >= this.parkedFrom) {
      this.plan.park(partition, parkedEvent(this.id, message, reasonWaits, true));
      this.counted += 1;
      return true;
    }
    const outcome = this.outcomeOf(entry);
    if (!outcome) return false;
    if (outcome.kind === 'repeated') return true;
    this.counted += 1;
    if (outcome.kind === 'absorbed') {
      this.state = outcome.state;
      return true;
    }
    const { reason } = outcome;
    if (failsAtPoison(this.lane.build)) throw poisoned(message, reason);
    this.parkedFrom = position;
    this.plan.park(partition, parkedEvent(this.id, message, reason, false));
    return true;
  }

  /** Undefined when the log has to be asked for what is missing. */
  private outcomeOf(entry: OwnedEntry): Exclude<Absorbed, { kind: 'gap' }> | undefined {
    const found = this.repaired?.entry === entry ? this.repaired.found : undefined;
    const state = found?.state ?? this.state;
    if (!state) return undefined;
    const { runs, skips } = this.lane;
    const outcome = absorb(runs, state, entry, skips);
    if (outcome.kind !== 'gap') return outcome;
    if (!found) return undefined;
    return found.poison === undefined
      ? absorbBeyondGap(state, entry, skips)
      : { kind: 'poison', reason: found.poison };
  }

  private finish({ partition, message }: OwnedEntry): void {
    const { before, state } = this;
    this.plan.absorbed(partition, this.counted, message.event.position);
    const known = this.plan.grown(this.id)?.state ?? before?.state;
    if (before && state && state !== known) this.plan.grow(partition, this.id, before, state);
  }
}

export function poisoned({ event }: DeliveredEvent, reason: string): PoisonError {
  const { streamId, revision, type } = event;
  return new PoisonError(`${type}, event ${revision} of ${streamId}, cannot be applied: ${reason}`);
}
