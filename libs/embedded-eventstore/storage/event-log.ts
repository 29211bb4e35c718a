import { idOf } from '../wire/stored-event.js';
import { idKey, largestNumber, readNumber, revisionKey, revisionOfKey, streamOfKey } from './keys.js';
import { longestStreamName, type LogTables } from './log-tables.js';
import { RecentIndex, type IndexedEvent, type NewStream } from './recent-index.js';
import { recoverIndex } from './recover-index.js';

export interface EventWrite extends IndexedEvent {
  readonly stored: Buffer;
}

/** Events of one commit, and the streams that begin with them. */
export interface LogWrites {
  readonly writes: readonly EventWrite[];
  readonly newStreams: readonly NewStream[];
}

/** Index entries that are kept in memory at most, before a commit writes them along. A start reads as many events again. */
const mostRecent = 1000;

/** Positions only grow: pages are filled one after the other, where LMDB would leave half of each free. */
const atTheEnd = { append: true } as unknown as number; // lmdb's types know the option of putSync only

/** Committed state, read straight from the pages. Buffers it returns are copies unless said otherwise. */
export class EventLog {
  private headPosition: number;
  private streamCount: number;
  private indexedStreams: number;
  private readonly recent = new RecentIndex();

  /** Throws where the latest events do not follow on what the indexes say. */
  constructor(readonly tables: LogTables) {
    this.headPosition = [...tables.events.getKeys({ reverse: true, limit: 1 })][0] ?? 0;
    const lastKey = [...tables.revisions.getKeys({ reverse: true, limit: 1 })][0];
    this.streamCount = this.indexedStreams = lastKey ? streamOfKey(lastKey) : 0;
    const { entryCount } = tables.revisions.getStats() as { entryCount: number };
    recoverIndex(this, entryCount);
  }

  /** Position of the last committed event, 0 in an empty log. */
  get head(): number {
    return this.headPosition;
  }

  get streamsInUse(): number {
    return this.streamCount;
  }

  /** Resolves when the events are on the disk. Rejects when they are not: then nothing has changed. */
  async store({ writes, newStreams }: LogWrites): Promise<void> {
    const { root, events } = this.tables;
    const isIndexDue = this.recent.size >= mostRecent;
    const puts: Promise<boolean>[] = [];
    const batch = root.batch(() => {
      if (isIndexDue) this.recent.putInto(this.tables);
      for (const { position, stored } of writes) puts.push(events.put(position, stored, atTheEnd));
    });
    // A put at the end is refused where there is something beyond it already.
    const taken = await Promise.all([batch, ...puts]);
    if (taken.includes(false)) throw new Error('an event of this position is there already');
    if (isIndexDue) this.indexIsStored();
    for (const stream of newStreams) this.addStream(stream);
    for (const event of writes) this.remember(event);
    this.headPosition = writes.at(-1)?.position ?? this.headPosition;
  }

  /** Only for what is on the disk. */
  remember(event: IndexedEvent): void {
    this.recent.add(event);
  }

  nameStream(name: Buffer): number {
    const number = this.streamCount + 1;
    this.addStream({ name, number });
    return number;
  }

  streamNumber(name: Buffer): number | undefined {
    if (name.length === 0 || name.length > longestStreamName) return undefined;
    const recent = this.recent.streamNumber(name);
    if (recent !== undefined) return recent;
    const value = this.tables.streams.getBinary(name);
    return value && readNumber(value);
  }

  lastRevision(streamNumber: number): number | undefined {
    const recent = this.recent.lastRevision(streamNumber);
    if (recent !== undefined || streamNumber > this.indexedStreams) return recent;
    const start = revisionKey(streamNumber, largestNumber);
    const end = revisionKey(streamNumber - 1, largestNumber);
    const key = [...this.tables.revisions.getKeys({ start, end, reverse: true, limit: 1 })][0];
    return key && revisionOfKey(key);
  }

  positionOf(streamNumber: number, revision: number): number | undefined {
    if (revision > largestNumber) return undefined;
    const recent = this.recent.positionOf(streamNumber, revision);
    if (recent !== undefined || streamNumber > this.indexedStreams) return recent;
    const value = this.tables.revisions.getBinaryFast(revisionKey(streamNumber, revision));
    return value && readNumber(value);
  }

  revisionOf(streamNumber: number, id: string): number | undefined {
    const recent = this.recent.revisionOf(streamNumber, id);
    if (recent !== undefined || streamNumber > this.indexedStreams) return recent;
    const value = this.tables.ids.getBinaryFast(idKey(streamNumber, id));
    return value && readNumber(value);
  }

  idAt(streamNumber: number, revision: number): string | undefined {
    const position = this.positionOf(streamNumber, revision);
    const stored = position === undefined ? undefined : this.event(position);
    return stored && idOf(stored);
  }

  /** Valid until the next read: memory that lmdb uses again. */
  event(position: number): Buffer | undefined {
    const stored: Uint8Array | undefined = this.tables.events.getBinaryFast(position);
    // Values too large for lmdb's own buffer come as a plain view.
    if (stored === undefined || Buffer.isBuffer(stored)) return stored;
    return Buffer.from(stored.buffer, stored.byteOffset, stored.length);
  }

  /** The index is written first, so that nothing needs to be read again at the next start. */
  async close(): Promise<void> {
    if (this.recent.size > 0) {
      const stored = this.tables.root.batch(() => {
        this.recent.putInto(this.tables);
      });
      // On a full disk it is read from the events again.
      await stored.catch(() => undefined);
    }
    await this.tables.root.close();
  }

  private addStream(stream: NewStream): void {
    this.recent.addStream(stream);
    this.streamCount = stream.number;
  }

  private indexIsStored(): void {
    this.recent.clear();
    this.indexedStreams = this.streamCount;
  }
}
