import { foldComplaint } from '../fold/fold-complaint.js';
import { UNTOUCHED, stateOf } from '../fold/document-state.js';
import type { Entry } from '../fold/absorb.js';
import { buildCollection, parkedCollection } from '../builds/build-id.js';
import type { BatchPlan } from './batch-plan.js';
import { DocumentCache, withHash, type CachedState } from './document-cache.js';
import type { LaneContext } from './lane-context.js';

const NONE: CachedState = { state: UNTOUCHED, stored: null, hash: 0n };

export interface FoundInLog extends CachedState {
  /** Why it ends at an earlier event than the one before. */
  readonly poison: string | undefined;
}

/** Where a lane gets the documents from that a batch begins with: cache, batch in flight, store, or the log itself. */
export class DocumentStates {
  private readonly cache: DocumentCache;
  private inFlight: BatchPlan | undefined;

  constructor(private readonly lane: LaneContext) {
    this.cache = new DocumentCache(lane.cacheDocuments);
  }

  /** Of complaints that the growing batch has not touched yet. */
  async before(
    plan: BatchPlan,
    groups: ReadonlyMap<string, readonly Entry[]>,
  ): Promise<Map<string, CachedState>> {
    const states = new Map<string, CachedState>();
    const wanted: string[] = [];
    for (const [id, [first]] of groups) {
      if (plan.grown(id)) continue;
      const known = this.cache.get(id) ?? this.inFlight?.states.get(id);
      if (known) states.set(id, known);
      else if (first?.message.event.revision === 0) states.set(id, NONE);
      else wanted.push(id);
    }
    if (wanted.length === 0) return states;
    for (const document of await this.load(wanted)) states.set(document._id, withHash(stateOf(document)));
    return states;
  }

  /** As `before`, but nothing is taken for granted: a part of the batch may be in the store already. */
  async fromStore(groups: ReadonlyMap<string, readonly Entry[]>): Promise<Map<string, CachedState>> {
    const documents = await this.load([...groups.keys()]);
    const states = new Map(documents.map((document) => [document._id, withHash(stateOf(document))]));
    for (const [id, entries] of groups) {
      if (!states.has(id) && entries[0]?.message.event.revision === 0) states.set(id, NONE);
    }
    return states;
  }

  /**
   * The state just before an event, from the complaint's stream. There is no document because the fold said so (no
   * error), or because somebody removed it (repaired by this).
   */
  async fromLog({ complaintId, message }: Entry): Promise<FoundInLog> {
    const { log, runs, skips } = this.lane;
    const before = message.event.position;
    const { state, poison } = await foldComplaint({ log, runs, skips, complaintId, before });
    this.lane.tally.repairs += 1;
    return { ...withHash(state), stored: null, poison: poison?.reason };
  }

  /** Of these complaints, and of whatever is parked by a batch that is not in the store yet. */
  async parkedFrom(plan: BatchPlan, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const unwritten = [...(this.inFlight?.parkedFrom ?? []), ...plan.parkedFrom];
    const stored =
      ids.length === 0 ? [] : await this.lane.store.parked.parkedFrom(parkedCollection(this.lane.build), ids);
    // A complaint is parked from its first such event on, and that is the one that was stored first.
    return new Map([...unwritten.reverse(), ...stored]);
  }

  async load(ids: readonly string[]) {
    return ids.length === 0
      ? []
      : await this.lane.store.documents.load(buildCollection(this.lane.build), ids);
  }

  remember(states: ReadonlyMap<string, CachedState>): void {
    for (const [id, state] of states) this.cache.set(id, state);
  }

  /** It is being written from now on, and whatever was before it is in the store. */
  depart(plan: BatchPlan): void {
    this.inFlight = plan;
    this.remember(plan.states);
  }

  /** Documents were written past this; only with nothing in flight. */
  forget(): void {
    this.cache.clear();
    this.inFlight = undefined;
  }
}
