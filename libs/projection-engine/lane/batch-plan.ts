import type { PlanCause, PlannedProgress } from '../builds/checkpoint-record.js';
import { addToDigest } from '../documents/digest.js';
import type { DocumentState } from '../fold/document-state.js';
import type { ParkedEvent } from '../parked/parked-event.js';
import type { DocumentWrite } from '../store/projection-store.port.js';
import { Breather } from './breather.js';
import { withHash, type CachedState } from './document-cache.js';
import type { Partition } from './partition.js';

interface Change {
  hash: bigint;
  documents: number;
  events: number;
  parked: number;
  position: string;
}

/** A document that a batch has begun to change. */
interface Growing {
  readonly partition: Partition;
  readonly before: CachedState;
  state: DocumentState;
}

/**
 * What a batch will do to the documents, and what the progress will be when it is done. Events are folded into it as they
 * come, so that a batch holds documents, not events: hash and write of a document are made once, when it is sealed.
 */
export class BatchPlan {
  readonly writes: DocumentWrite[] = [];
  readonly parked: ParkedEvent[] = [];
  /** From which position on each complaint is parked by this batch. */
  readonly parkedFrom = new Map<string, string>();
  /** New state of every document that changes; complete once sealed. */
  readonly states = new Map<string, CachedState>();
  events = 0;
  /** Of the events, roughly: documents are made of what events hold. */
  bytes = 0;
  /** When each event was appended, in epoch milliseconds; of live builds only. */
  readonly appendedAt: number[] = [];
  private readonly growing = new Map<string, Growing>();
  private readonly changes = new Map<Partition, Change>();

  get documents(): number {
    return this.growing.size;
  }

  grown(id: string): Growing | undefined {
    return this.growing.get(id);
  }

  grow(partition: Partition, id: string, before: CachedState, state: DocumentState): void {
    const grown = this.growing.get(id);
    if (grown) grown.state = state;
    else this.growing.set(id, { partition, before, state });
  }

  /** Nothing is folded into it any more. */
  async seal(): Promise<this> {
    const breather = new Breather();
    for (const [id, { partition, before, state }] of this.growing) {
      const breath = breather.breath();
      if (breath) await breath;
      this.document(partition, id, before, withHash(state));
    }
    return this;
  }

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
    this.events += events;
    if (position > change.position) change.position = position;
  }

  park(partition: Partition, event: ParkedEvent): void {
    this.parked.push(event);
    if (!this.parkedFrom.has(event.complaintId)) this.parkedFrom.set(event.complaintId, event.position);
    this.changeOf(partition).parked += 1;
  }

  get partitions(): Iterable<Partition> {
    return this.changes.keys();
  }

  /** Of a sealed one: nothing can be left half done then. */
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
