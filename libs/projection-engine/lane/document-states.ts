import { foldComplaint } from '../fold/fold-complaint.js';
import { UNTOUCHED, stateOf } from '../fold/document-state.js';
import type { Entry } from '../fold/absorb.js';
import { buildCollection, parkedCollection } from '../builds/build-id.js';
import { DocumentCache, withHash, type CachedState } from './document-cache.js';
import type { LaneContext } from './lane-context.js';

const NONE: CachedState = { state: UNTOUCHED, stored: null, hash: 0n };

/** Where a lane gets the documents from that a batch begins with: cache, batch in flight, store, or the log itself. */
export class DocumentStates {
  private readonly cache: DocumentCache;
  private inFlight: ReadonlyMap<string, CachedState> = new Map();
  /** Streams read again because the store had no document, or an older one than the log says. */
  repairs = 0;

  constructor(private readonly lane: LaneContext) {
    this.cache = new DocumentCache(lane.cacheDocuments);
  }

  async before(groups: ReadonlyMap<string, readonly Entry[]>): Promise<Map<string, CachedState>> {
    const states = new Map<string, CachedState>();
    const wanted: string[] = [];
    for (const id of groups.keys()) {
      const known = this.cache.get(id) ?? this.inFlight.get(id);
      if (known) states.set(id, known);
      else if (groups.get(id)?.[0]?.message.event.revision === 0) states.set(id, NONE);
      else wanted.push(id);
    }
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
  async fromLog(entry: Entry): Promise<CachedState> {
    const { log, runs, skips } = this.lane;
    const { revision, position } = entry.message.event;
    const { state } = await foldComplaint({
      log,
      runs,
      skips,
      complaintId: entry.complaintId,
      before: position,
    });
    this.repairs += 1;
    return state.revision === revision - 1 ? { ...withHash(state), stored: null } : NONE;
  }

  async parkedFrom(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return ids.length === 0
      ? new Map<string, string>()
      : await this.lane.store.parked.parkedFrom(parkedCollection(this.lane.build), ids);
  }

  async load(ids: readonly string[]) {
    return ids.length === 0
      ? []
      : await this.lane.store.documents.load(buildCollection(this.lane.build), ids);
  }

  remember(states: ReadonlyMap<string, CachedState>): void {
    for (const [id, state] of states) this.cache.set(id, state);
  }

  /** These are being written from now on, and whatever was before them is in the store. */
  depart(states: ReadonlyMap<string, CachedState>): void {
    this.inFlight = states;
    this.remember(states);
  }

  /** Documents were written past this; only with nothing in flight. */
  forget(): void {
    this.cache.clear();
    this.inFlight = new Map();
  }
}
