import type { PlanCause, PlannedProgress } from '../builds/checkpoint-record.js';
import { addToDigest } from '../documents/digest.js';
import type { ParkedEvent } from '../parked/parked-event.js';
import type { DocumentWrite } from '../store/projection-store.port.js';
import type { CachedState } from './document-cache.js';
import type { Partition } from './partition.js';

interface Change {
  hash: bigint;
  documents: number;
  events: number;
  parked: number;
  position: string;
}

/** What a batch will do to the documents, and what the progress will be when it is done. */
export class BatchPlan {
  readonly writes: DocumentWrite[] = [];
  readonly parked: ParkedEvent[] = [];
  /** New state of every document that changes. */
  readonly states = new Map<string, CachedState>();
  private readonly changes = new Map<Partition, Change>();

  document(partition: Partition, id: string, before: CachedState, after: CachedState): void {
    const change = this.changeOf(partition);
    change.hash += after.hash - before.hash;
    change.documents += Number(after.state.document !== null) - Number(before.state.document !== null);
    this.states.set(id, after);
    const write = writeOf(id, before, after);
    if (write) this.writes.push(write);
  }

  absorbed(partition: Partition, events: number, position: string): void {
    const change = this.changeOf(partition);
    change.events += events;
    if (position > change.position) change.position = position;
  }

  park(partition: Partition, event: ParkedEvent): void {
    this.parked.push(event);
    this.changeOf(partition).parked += 1;
  }

  get partitions(): Iterable<Partition> {
    return this.changes.keys();
  }

  /** Nothing can be left half done then. */
  get writesNothing(): boolean {
    return this.writes.length === 0 && this.parked.length === 0;
  }

  plannedFor(partition: Partition, cause: PlanCause): PlannedProgress | null {
    const change = this.changes.get(partition);
    if (!change) return null;
    const { digest, documents, events, parked } = partition.progress;
    return {
      position: change.position,
      eventPosition: change.position,
      digest: change.hash === 0n ? digest : addToDigest(digest, change.hash),
      documents: documents + change.documents,
      events: events + change.events,
      parked: parked + change.parked,
      cause,
    };
  }

  private changeOf(partition: Partition): Change {
    let change = this.changes.get(partition);
    if (!change) {
      change = { hash: 0n, documents: 0, events: 0, parked: 0, position: partition.progress.position ?? '' };
      this.changes.set(partition, change);
    }
    return change;
  }
}

function writeOf(id: string, { stored }: CachedState, after: CachedState): DocumentWrite | undefined {
  const { document } = after.state;
  if (document === null) return stored ? { kind: 'delete', id, previous: stored } : undefined;
  return stored ? { kind: 'replace', document, previous: stored } : { kind: 'insert', document };
}
