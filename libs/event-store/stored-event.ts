import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { StoredEvent } from './event-store.port.js';
import { formatPosition } from './position.js';

/** Undefined for a link whose target is gone; we resolve no links, but a reader must survive one (P-14). */
export function storedEvent(resolved: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | undefined {
  const record = resolved.event;
  if (!record) return undefined;
  const commit = resolved.commitPosition ?? 0n;
  return {
    streamId: record.streamId,
    revision: Number(record.revision),
    position: formatPosition(record.position ?? { commit, prepare: commit }),
    eventId: record.id,
    recordedAt: record.created.toISOString(),
    type: record.type,
    data: record.data,
    metadata: record.metadata,
  };
}
