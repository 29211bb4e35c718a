import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProjectionDocument } from '#libs/projection-engine/index.js';
import type { ReadStore } from '#libs/read-store/index.js';
import type { Apply } from './per-event.js';

/** What is used of `@event-driven-io/emmett` 0.20. */
interface Emmett {
  readonly projection: (definition: Definition) => Pick<Definition, 'handle'>;
}

interface Definition {
  readonly name: string;
  readonly canHandle: readonly string[];
  readonly handle: (events: readonly unknown[], context: HandlerContext) => Promise<void>;
}

type HandlerContext =
  Parameters<Apply> extends [infer P, infer E, infer I, infer C]
    ? { projection: P; event: E; complaintId: I; shared: C }
    : never;

/**
 * An asynchronous projection declared with emmett, with a handler that reads, evolves and replaces one MongoDB document
 * per event. `emmett-esdb` 0.20 has no subscription of its own, so the official client's feeds it, as for the others.
 * @param folder where emmett is installed
 */
export async function emmettPerEvent(folder: string, readStore: ReadStore): Promise<Apply> {
  const module = join(folder, 'node_modules', '@event-driven-io', 'emmett', 'dist', 'index.js');
  const { projection } = (await import(pathToFileURL(module).href)) as Emmett;
  const declared = projection({
    name: 'bench',
    canHandle: [],
    handle: async (_events, { projection: rules, event, complaintId, shared }) => {
      const collection = readStore.collection<ProjectionDocument>(`${rules.name}_emmett`);
      const folded = rules.fold(await collection.findOne({ _id: complaintId }), event, shared);
      if (!folded) return;
      const document = { ...folded, revision: event.revision, position: event.position };
      await collection.replaceOne({ _id: complaintId }, document, { upsert: true });
    },
  });
  return (rules, event, complaintId, shared) =>
    declared.handle([event], { projection: rules, event, complaintId, shared });
}
