import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import type { DocumentState } from '../fold/document-state.js';
import { runnable, type RunnableProjection } from '../fold/runnable-projection.js';
import { textHash } from '../membership/text-hash.js';
import { loadSkips } from '../parked/load-skips.js';
import type { Folded, Projection, ProjectionDocument } from '../projection.js';
import type { ProjectionStore, StoredDocument } from '../store/projection-store.port.js';
import { foldLog } from './fold-log.js';
import { foldStreams, type FoldUntil } from './fold-streams.js';
import { lastRecordedBy } from './last-recorded-by.js';
import { storedFolds, unknownAt, type StoredFolds } from './unchanged-since.js';

export interface PastRequest<Document extends ProjectionDocument, Context> {
  readonly log: EventStore;
  readonly store: ProjectionStore;
  readonly projection: Projection<Document, Context>;
  /** ISO 8601, UTC. */
  readonly asOf: string;
  /** Folded in memory at once; more are folded in several passes. Default 20 000. */
  readonly documentsAtATime?: number;
  /** Reading a stream costs about what that many events of the whole log cost. Default 30. */
  readonly eventsPerStream?: number;
}

export type Identified<Document extends ProjectionDocument> = Folded<Document> & { readonly _id: string };

/** What the caller can do without: documents that do not match, and fields. What is folded anew has all of it. */
export interface Narrowed {
  readonly filter?: Readonly<Record<string, unknown>>;
  /** Neither `_id` nor `position` may be left out. */
  readonly leftOut?: Readonly<Record<string, 0>>;
}

export interface PastReadModel<Document> {
  /** Of the last event that had been recorded by then; null when there was none. */
  readonly position: GlobalPosition | null;
  documents(narrowed?: Narrowed): AsyncGenerator<Document>;
}

/**
 * A read model as it was at a recorded moment, so that its figures are those that the live one gave then: the fold of
 * what had been recorded, with what had been decided to be skipped. A document that has absorbed nothing since is that
 * fold's result already; only the others are folded again.
 */
export async function pastReadModel<Document extends ProjectionDocument, Context>(
  request: PastRequest<Document, Context>,
): Promise<PastReadModel<Identified<Document>>> {
  const { log, store, projection, asOf } = request;
  const runs = runnable(projection);
  const stored = await storedFolds(store, runs);
  const near = stored && (await store.documents.lastBegunBy(stored.collection, asOf));
  const position = await lastRecordedBy(log, runs.prefixes, asOf, near);
  return {
    position,
    async *documents(narrowed = {}) {
      if (position === null) return;
      const past = new Past(request, runs, position, stored);
      for await (const document of past.documents(narrowed))
        yield document as unknown as Identified<Document>;
    },
  };
}

class Past {
  private readonly atATime: number;

  constructor(
    private readonly request: Omit<PastRequest<never, never>, 'projection'>,
    private readonly runs: RunnableProjection,
    private readonly position: GlobalPosition,
    private readonly stored: StoredFolds | undefined,
  ) {
    this.atATime = request.documentsAtATime ?? 20_000;
  }

  async *documents(narrowed: Narrowed): AsyncGenerator<StoredDocument> {
    const { log, store, asOf } = this.request;
    const { runs, position: until, stored } = this;
    const skips = await loadSkips(store, runs.projection, asOf);
    const fold = { log, runs, skips, until };
    const at = { asOf, position: until };
    const unknown =
      stored && runs.projection.keepsDocuments
        ? await unknownAt({ store, log, runs }, stored, at, this.atATime)
        : undefined;
    if (stored && unknown) yield* this.fromStored(stored, unknown, fold, narrowed);
    else yield* this.fromLog(fold);
  }

  private async *fromLog(fold: FoldUntil): AsyncGenerator<StoredDocument> {
    const parts = Math.max(1, Math.ceil((this.stored?.documents ?? 0) / this.atATime));
    for (let part = 0; part < parts; part++) {
      yield* documentsOf(foldLog(fold, (id) => textHash(id) % parts === part));
    }
  }

  /** Each document is met once, in the order of ids, and says itself whether it can be taken as it is. */
  private async *fromStored(
    { collection, events }: StoredFolds,
    unknown: ReadonlySet<string>,
    fold: FoldUntil,
    { filter = {}, leftOut }: Narrowed,
  ): AsyncGenerator<StoredDocument> {
    const { until } = fold;
    const again = new Set(unknown);
    const wanted = { $or: [{ $and: [filter, { position: { $lte: until } }] }, { position: { $gt: until } }] };
    const met = this.request.store.documents.scan(collection, wanted, leftOut);
    for await (const document of met) {
      if (unknown.has(document._id)) continue;
      if (document.position <= until) yield document;
      else again.add(document._id);
      if (again.size >= this.atATime) yield* this.foldAgain(again, events, fold);
    }
    yield* this.foldAgain(again, events, fold);
  }

  private async *foldAgain(
    again: Set<string>,
    events: number,
    fold: FoldUntil,
  ): AsyncGenerator<StoredDocument> {
    const ids = new Set(again);
    again.clear();
    const { eventsPerStream = 30 } = this.request;
    const states =
      ids.size * eventsPerStream < events ? foldStreams(fold, [...ids]) : foldLog(fold, (id) => ids.has(id));
    yield* documentsOf(states);
  }
}

async function* documentsOf(states: AsyncIterable<DocumentState>): AsyncGenerator<StoredDocument> {
  for await (const { document } of states) if (document) yield document;
}
