import type { LogTables } from './log-tables.js';
import { idKey, numberValue, revisionKey } from './keys.js';

export interface NewStream {
  readonly name: Buffer;
  readonly number: number;
}

/** What the indexes say of one event. */
export interface IndexedEvent {
  readonly streamNumber: number;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  /** Only the first event of a stream that carries an id is found by it. */
  readonly firstOfItsId: boolean;
}

interface RecentStream {
  readonly firstRevision: number;
  readonly positions: number[];
  readonly revisions: Map<string, number>;
}

/**
 * The index entries of the latest events, which the tables do not have yet.
 *
 * An append changes one page or two of the table of events, but many of the indexes, since they are not in the order of the log.
 * So a commit writes the events alone, and a thousand index entries and more are written together, in order, every now and then. After
 * a crash they are read from the events again (recover-index.ts): nothing here is the only copy of anything.
 */
export class RecentIndex {
  private readonly streams = new Map<number, RecentStream>();
  private readonly numbers = new Map<string, NewStream>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  addStream(stream: NewStream): void {
    this.numbers.set(stream.name.toString('latin1'), stream);
  }

  add({ streamNumber, revision, position, id, firstOfItsId }: IndexedEvent): void {
    let stream = this.streams.get(streamNumber);
    if (!stream) {
      stream = { firstRevision: revision, positions: [], revisions: new Map() };
      this.streams.set(streamNumber, stream);
    }
    stream.positions.push(position);
    if (firstOfItsId) stream.revisions.set(id, revision);
    this.count++;
  }

  streamNumber(name: Buffer): number | undefined {
    return this.numbers.size === 0 ? undefined : this.numbers.get(name.toString('latin1'))?.number;
  }

  lastRevision(streamNumber: number): number | undefined {
    const stream = this.streams.get(streamNumber);
    return stream && stream.firstRevision + stream.positions.length - 1;
  }

  positionOf(streamNumber: number, revision: number): number | undefined {
    const stream = this.streams.get(streamNumber);
    return stream?.positions[revision - stream.firstRevision];
  }

  revisionOf(streamNumber: number, id: string): number | undefined {
    return this.streams.get(streamNumber)?.revisions.get(id);
  }

  /** Within a transaction; in the order of the keys, so that each page is touched once. */
  putInto({ streams, revisions, ids }: LogTables): void {
    for (const { name, number } of this.numbers.values()) void streams.put(name, numberValue(number));
    for (const [number, stream] of [...this.streams].sort(([a], [b]) => a - b)) {
      stream.positions.forEach((position, n) => {
        void revisions.put(revisionKey(number, stream.firstRevision + n), numberValue(position));
      });
      for (const [id, revision] of [...stream.revisions].sort(([a], [b]) => (a < b ? -1 : 1)))
        void ids.put(idKey(number, id), numberValue(revision));
    }
  }

  clear(): void {
    this.streams.clear();
    this.numbers.clear();
    this.count = 0;
  }
}
