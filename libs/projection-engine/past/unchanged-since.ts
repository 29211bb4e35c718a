import { complaintIdOf, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import { buildCollection, buildKey } from '../builds/build-id.js';
import type { RunnableProjection } from '../fold/runnable-projection.js';
import { CONTEXT } from '../parked/parked-event.js';
import { lowestPosition } from '../progress/projection-status.js';
import type { ProjectionStore } from '../store/projection-store.port.js';

/** The build that queries read, where it is one of this fold's version: its documents are stored results of the fold. */
export interface StoredFolds {
  readonly collection: string;
  /** All partitions have absorbed everything up to here. */
  readonly reached: GlobalPosition | null;
  readonly documents: number;
  readonly events: number;
}

export async function storedFolds(
  store: ProjectionStore,
  { projection }: RunnableProjection,
): Promise<StoredFolds | undefined> {
  const active = (await store.builds.active()).find(({ name }) => name === projection.name);
  if (active?.version !== projection.version) return undefined;
  const records = await store.checkpoints.read([buildKey(active)]);
  return {
    collection: buildCollection(active),
    reached: records.length === 0 ? null : lowestPosition(records),
    documents: records.reduce((sum, { documents }) => sum + documents, 0),
    events: records.reduce((sum, { events }) => sum + events, 0),
  };
}

/**
 * Complaints whose stored document says nothing about a position, although it may look as if nothing had happened since:
 * not all had been absorbed yet, or it was decided only later to pass over an event.
 * @returns undefined where that may be any of them, or more than `most`
 */
export async function unknownAt(
  { store, log, runs }: { store: ProjectionStore; log: EventStore; runs: RunnableProjection },
  { reached }: StoredFolds,
  at: { readonly asOf: string; readonly position: GlobalPosition },
  most: number,
): Promise<Set<string> | undefined> {
  const unknown = new Set<string>();
  for (const skip of await store.requests.skips(runs.projection.name)) {
    // An event of the context that is skipped had been left out of it before, too.
    if (skip.at > at.asOf && skip.complaintId !== CONTEXT) unknown.add(skip.complaintId);
  }
  if (reached === null || unknown.size > most) return undefined;
  if (reached >= at.position) return unknown;
  for await (const message of log.readLog({
    prefixes: runs.prefixes,
    after: reached,
    until: at.position,
  })) {
    if (message.kind === 'position') continue;
    const complaintId = complaintIdOf(message.event.streamId);
    if (complaintId !== undefined) unknown.add(complaintId);
    else if (runs.refolds) return undefined;
    if (unknown.size > most) return undefined;
  }
  return unknown;
}
