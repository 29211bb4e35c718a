import {
  CONFIGURATION_PREFIXES,
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { EventStore, LogMessage } from '#libs/event-store/index.js';
import {
  LogFold,
  runnable,
  type Folded,
  type Projection,
  type ProjectionDocument,
  type Skips,
} from '#libs/projection-engine/index.js';

/** Documents held in memory at once: some hundred megabytes. More are folded in several passes over the log. */
const MOST_DOCUMENTS = 50_000;

/** The events, undecodable ones too, under the prefixes that had been recorded by a moment, in log order. */
async function* recordedBy(
  eventStore: EventStore,
  prefixes: readonly string[],
  asOf: string,
): AsyncGenerator<Exclude<LogMessage, { kind: 'position' }>> {
  for await (const message of eventStore.readLog({ prefixes })) {
    if (message.kind === 'position') continue;
    if (message.event.recordedAt > asOf) return;
    yield message;
  }
}

export async function configurationAsOf(eventStore: EventStore, asOf: string): Promise<ConfigurationModel> {
  let model = EMPTY_CONFIGURATION;
  for await (const message of recordedBy(eventStore, CONFIGURATION_PREFIXES, asOf)) {
    if (message.kind === 'event') model = evolveConfiguration(model, message.event);
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
 * A read model as it was at a recorded moment: the engine's own definition of what it holds, with what it parked and
 * what was skipped, so that its figures are those that the live read model gave then.
 * @param skips that had been decided by the moment
 * @param expected how many documents there are about; decides how many passes over the log are made
 */
export function pastFold<Document extends ProjectionDocument, Context>(
  eventStore: EventStore,
  projection: Projection<Document, Context>,
  asOf: string,
  skips: Skips,
  expected: number,
  mostDocuments = MOST_DOCUMENTS,
): PastFold<Identified<Document>> {
  const passes = Math.max(1, Math.ceil(expected / mostDocuments));
  const runs = runnable(projection);
  let position: string | null = null;
  return {
    get position() {
      return position;
    },
    async *documents() {
      for (let pass = 0; pass < passes; pass += 1) {
        const fold = new LogFold(runs, skips, (id) => passOf(id, passes) === pass);
        for await (const message of recordedBy(eventStore, runs.prefixes, asOf)) {
          fold.apply(message);
          position = message.event.position;
        }
        for (const { state } of fold.complaints.values()) {
          if (state.document) yield state.document as Identified<Document>;
        }
      }
    },
  };
}

/** The last digits of a UUID v7 are random. */
function passOf(id: string, passes: number): number {
  return passes === 1 ? 0 : (Number.parseInt(id.slice(-8), 16) || 0) % passes;
}
