import {
  EventStoreDBClient,
  START,
  streamNameFilter,
  type AllStreamSubscription,
} from '@eventstore/db-client';
import { complaintIdOf, type RecordedEvent } from '#libs/event-contracts/index.js';
import { contractsCodec } from '#libs/event-store/contracts-codec.js';
import { decodeEvent } from '#libs/event-store/decode-event.js';
import { storedEvent } from '#libs/event-store/stored-event.js';
import type { AnyProjection, ProjectionDocument } from '#libs/projection-engine/index.js';
import type { ReadStore } from '#libs/read-store/index.js';

/** How one event reaches one projection's document. */
export type Apply = (
  projection: AnyProjection,
  event: RecordedEvent,
  complaintId: string,
  context: unknown,
) => Promise<void>;

/**
 * One event after the other, each applied to every projection before the next is taken; a configuration event changes
 * the context of those that come later.
 * @returns events per second over the first `count` events of the log
 */
export async function eventByEvent(
  url: string,
  prefixes: readonly string[],
  projections: readonly AnyProjection[],
  count: number,
  apply: Apply,
): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  const filter = streamNameFilter({ prefixes: [...prefixes] });
  const subscription: AllStreamSubscription = client.subscribeToAll({ fromPosition: START, filter });
  const contexts = new Map(projections.map((projection) => [projection, projection.context?.initial]));
  let seen = 0;
  const startedAt = performance.now();
  try {
    for await (const resolved of subscription) {
      const stored = storedEvent(resolved);
      const message = stored && decodeEvent(stored, contractsCodec);
      if (message?.kind !== 'event') continue;
      const complaintId = complaintIdOf(message.event.streamId);
      for (const projection of projections) {
        if (complaintId !== undefined) {
          await apply(projection, message.event, complaintId, contexts.get(projection));
        } else if (projection.context?.prefixes.some((prefix) => message.event.streamId.startsWith(prefix))) {
          contexts.set(projection, projection.context.evolve(contexts.get(projection), message.event));
        }
      }
      seen += 1;
      if (seen >= count) break;
    }
    return seen / ((performance.now() - startedAt) / 1000);
  } finally {
    await subscription.unsubscribe();
    await client.dispose();
  }
}

/**
 * The simplest projector that is still correct: the revision that a document has absorbed stands in it, so an event that
 * comes again changes nothing. Its checkpoint may lag, and is written every 500 events.
 */
export function guardedPerEvent(readStore: ReadStore): Apply {
  let events = 0;
  return async (projection, event, complaintId, context) => {
    const collection = readStore.collection<ProjectionDocument>(`${projection.name}_per_event`);
    const before = await collection.findOne({ _id: complaintId });
    if ((before?.revision ?? -1) < event.revision) {
      const folded = projection.fold(before, event, context);
      if (folded) {
        const document = { ...folded, revision: event.revision, position: event.position };
        await collection.replaceOne({ _id: complaintId }, document, { upsert: true });
      }
    }
    events += 1;
    if (events % 500 > 0) return;
    await readStore
      .collection<{ _id: string }>('checkpoints_per_event')
      .updateOne({ _id: projection.name }, { $set: { position: event.position } }, { upsert: true });
  };
}
