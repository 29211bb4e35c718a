import {
  CONFIGURATION_PREFIXES,
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import { complaintIdOf, STREAM_PREFIXES, type RecordedEvent } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import type { Folded, Projection, ProjectionDocument } from '#libs/projection-engine/index.js';

/** Documents held in memory at once: some hundred megabytes. More are folded in several passes over the log. */
const MOST_DOCUMENTS = 50_000;

/** The events under the prefixes that had been recorded by a moment, in log order. */
async function* recordedBy(
  eventStore: EventStore,
  prefixes: readonly string[],
  asOf: string,
): AsyncGenerator<RecordedEvent> {
  for await (const message of eventStore.readLog({ prefixes })) {
    if (message.kind === 'position') continue;
    if (message.event.recordedAt > asOf) return;
    if (message.kind === 'event') yield message.event;
  }
}

export async function configurationAsOf(eventStore: EventStore, asOf: string): Promise<ConfigurationModel> {
  let model = EMPTY_CONFIGURATION;
  for await (const event of recordedBy(eventStore, CONFIGURATION_PREFIXES, asOf)) {
    model = evolveConfiguration(model, event);
  }
  return model;
}

type Identified<Document extends ProjectionDocument> = Folded<Document> & { readonly _id: string };

export interface PastFold<Document> {
  /** Of the last event folded; known when all documents have been taken. */
  readonly position: string | null;
  documents(): AsyncGenerator<Document>;
}

/**
 * A read model as it was at a recorded moment: the projection's own fold over the log, so that its figures are those
 * that the live read model gave then.
 * @param expected how many documents there are about; decides how many passes over the log are made
 */
export function pastFold<Document extends ProjectionDocument, Context>(
  eventStore: EventStore,
  projection: Projection<Document, Context>,
  asOf: string,
  expected: number,
  mostDocuments = MOST_DOCUMENTS,
): PastFold<Identified<Document>> {
  const passes = Math.max(1, Math.ceil(expected / mostDocuments));
  let position: string | null = null;
  return {
    get position() {
      return position;
    },
    async *documents() {
      for (let pass = 0; pass < passes; pass += 1) {
        const fold = new Fold(projection, (id) => passOf(id, passes) === pass);
        const prefixes = [STREAM_PREFIXES.complaint, ...(projection.context?.prefixes ?? [])];
        for await (const event of recordedBy(eventStore, prefixes, asOf)) {
          fold.apply(event);
          position = event.position;
        }
        yield* fold.documents();
      }
    },
  };
}

/** The last digits of a UUID v7 are random. */
function passOf(id: string, passes: number): number {
  return passes === 1 ? 0 : (Number.parseInt(id.slice(-8), 16) || 0) % passes;
}

class Fold<Document extends ProjectionDocument, Context> {
  private readonly folded = new Map<string, Folded<Document>>();
  /** Complaints with an event that could not be folded: they stay as they were, as in the live read model. */
  private readonly parked = new Set<string>();
  private context: Context;

  constructor(
    private readonly projection: Projection<Document, Context>,
    private readonly concerns: (id: string) => boolean,
  ) {
    this.context = projection.context?.initial as Context;
  }

  *documents(): Generator<Identified<Document>> {
    for (const [id, document] of this.folded) yield { ...document, _id: id };
  }

  apply(event: RecordedEvent): void {
    const id = complaintIdOf(event.streamId);
    if (id === undefined) this.applyContext(event);
    else if (this.concerns(id) && !this.parked.has(id)) this.applyOwn(id, event);
  }

  private applyOwn(id: string, event: RecordedEvent): void {
    try {
      const next = this.projection.fold(this.folded.get(id) ?? null, event, this.context);
      if (next === null) this.folded.delete(id);
      else this.folded.set(id, next);
    } catch {
      this.parked.add(id);
    }
  }

  private applyContext(event: RecordedEvent): void {
    const { context } = this.projection;
    if (context === undefined) return;
    this.context = context.evolve(this.context, event);
    if (context.refold === undefined) return;
    const concerned = Object.entries(context.refold.filter);
    for (const [id, document] of this.folded) {
      const values = document as Readonly<Record<string, unknown>>;
      if (concerned.every(([field, value]) => values[field] === value)) {
        this.folded.set(id, context.refold.apply(document, event, this.context));
      }
    }
  }
}
