import { encodeStoredEvent } from '../wire/stored-event.js';
import {
  decideAppend,
  type ExpectedRevision,
  type ProposedEvent,
  type StreamView,
} from './append-decision.js';
import type { EventLog, EventWrite } from './event-log.js';
import type { Disk } from './disk.js';
import type { NewStream } from './recent-index.js';
import { StreamHeads, type StreamHead } from './stream-heads.js';

export interface Append {
  readonly stream: Buffer;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
  /** Milliseconds since the epoch; an append that is still queued then is not carried out. */
  readonly deadline?: number;
}

export type AppendAnswer =
  /** `lastRevision` and `position` are undefined where nothing was to be appended (to a stream without events). */
  | {
      readonly kind: 'appended';
      readonly lastRevision: number | undefined;
      readonly position: number | undefined;
    }
  | { readonly kind: 'wrong-expected-version'; readonly current: number | undefined }
  | { readonly kind: 'too-late' }
  /** The disk refused the commit: nothing of it is stored. */
  | { readonly kind: 'not-stored'; readonly reason: string };

interface Waiting {
  readonly append: Append;
  readonly answer: (answer: AppendAnswer) => void;
}

/** Bounds what one commit holds in memory, and how long a reader of its result waits. */
const largestGroup = 2000;
const largestGroupBytes = 16 * 1024 * 1024;

/**
 * Appends that arrive while a commit is on its way to the disk share the next one: one flush serves them all.
 *
 * Only one group is in the making at a time and nobody else writes (the folder has one owner), so each append is decided
 * against the committed state plus the earlier appends of its own group, and the check and the write are one step. If the
 * commit fails, the whole group is answered with that and leaves no trace here, because nothing of it entered committed state.
 */
export class GroupCommit {
  private queue: Waiting[] = [];
  private running: Promise<void> | undefined;
  private readonly heads: StreamHeads;

  constructor(
    private readonly log: EventLog,
    private readonly onCommitted: (streams: ReadonlySet<string>) => void,
    private readonly disk: Disk,
    /** The disk failed in a way after which nothing can be trusted. */
    private readonly onBroken: (error: unknown) => void,
  ) {
    this.heads = new StreamHeads(log);
  }

  append(append: Append, answer: (answer: AppendAnswer) => void): void {
    this.queue.push({ append, answer });
    this.running ??= this.run();
  }

  get queued(): number {
    return this.queue.length;
  }

  /** Resolves when everything queued has been answered. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    // Requests of the same turn of the event loop arrive together: let them into the first group.
    await new Promise(setImmediate);
    while (this.queue.length > 0) await this.commit(this.nextGroup());
    this.running = undefined;
  }

  private nextGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { append } of this.queue) {
      for (const event of append.events) bytes += event.data.length + event.metadata.length;
      count++;
      if (count >= largestGroup || bytes >= largestGroupBytes) break;
    }
    return this.queue.splice(0, count);
  }

  private async commit(waiting: readonly Waiting[]): Promise<void> {
    const group = new Group(this.log, this.heads);
    const answers = waiting.map(({ append }) => group.decide(append));
    const failure = group.isEmpty ? undefined : await this.write(group);
    if (failure === undefined) {
      waiting.forEach(({ answer }, index) => {
        answer(answers[index] as AppendAnswer);
      });
      if (!group.isEmpty) this.onCommitted(group.changedStreams());
      return;
    }
    for (const { answer } of waiting) answer({ kind: 'not-stored', reason: failure });
  }

  private async write(group: Group): Promise<string | undefined> {
    try {
      await this.log.store(group);
    } catch (error) {
      return this.failed(error, group.bytes);
    }
    group.settle();
    return undefined;
  }

  private async failed(error: unknown, bytes: number): Promise<string> {
    const cause: unknown = await (error as { commitError?: Promise<unknown> }).commitError?.catch(
      (reason: unknown) => reason,
    );
    const reason = cause instanceof Error ? cause.message : (error as Error).message;
    if (await this.disk.isFull(bytes)) return 'No space left on the disk';
    this.onBroken(cause ?? error);
    return reason;
  }
}

/** One commit in the making: committed state below, its own appends on top. */
class Group {
  readonly writes: EventWrite[] = [];
  readonly newStreams: NewStream[] = [];
  private head: number;
  private streamCount: number;
  private readonly changed = new Map<string, ChangedStream>();
  private readonly created = `${Date.now()}0000`;

  constructor(
    private readonly log: EventLog,
    private readonly heads: StreamHeads,
  ) {
    this.head = log.head;
    this.streamCount = log.streamsInUse;
  }

  get isEmpty(): boolean {
    return this.writes.length === 0;
  }

  changedStreams(): ReadonlySet<string> {
    return new Set(this.changed.keys());
  }

  /** After the commit: what is known of its streams is now committed state. */
  settle(): void {
    for (const [name, { number, last }] of this.changed) this.heads.remember(name, { number, last });
  }

  decide(append: Append): AppendAnswer {
    if (append.deadline !== undefined && append.deadline < Date.now()) return { kind: 'too-late' };
    const name = append.stream.toString('latin1');
    const changed = this.changed.get(name);
    const head = changed ?? this.heads.get(name, append.stream);
    const stream = viewOf(this.log, head, changed);
    const decision = decideAppend(append.expected, append.events, stream);
    switch (decision.kind) {
      case 'append':
        return this.add(
          append,
          name,
          changed ?? this.openStream(name, append.stream, head),
          decision.firstRevision,
        );
      case 'already-appended':
        return {
          kind: 'appended',
          lastRevision: decision.lastRevision,
          position:
            changed?.added.get(decision.lastRevision)?.position ??
            this.log.positionOf(head?.number ?? 0, decision.lastRevision),
        };
      case 'nothing-to-append':
        return { kind: 'appended', lastRevision: stream.last, position: undefined };
      case 'wrong-expected-version':
        return { kind: 'wrong-expected-version', current: stream.last };
    }
  }

  private openStream(name: string, bytes: Buffer, head: StreamHead | undefined): ChangedStream {
    const stream: ChangedStream = {
      number: head?.number ?? ++this.streamCount,
      last: head?.last ?? -1,
      ids: new Map(),
      added: new Map(),
    };
    if (!head) this.newStreams.push({ name: bytes, number: stream.number });
    this.changed.set(name, stream);
    return stream;
  }

  get bytes(): number {
    return this.writes.reduce((sum, { stored }) => sum + stored.length, 0);
  }

  private add(append: Append, name: string, stream: ChangedStream, firstRevision: number): AppendAnswer {
    let revision = firstRevision;
    for (const event of append.events) {
      const position = ++this.head;
      const known = stream.ids.has(event.id) || this.log.revisionOf(stream.number, event.id) !== undefined;
      const place = { stream: append.stream, revision, position, created: this.created };
      const stored = encodeStoredEvent(event, place);
      this.writes.push({
        stored,
        position,
        streamNumber: stream.number,
        revision,
        id: event.id,
        firstOfItsId: !known,
      });
      if (!known) stream.ids.set(event.id, revision);
      stream.added.set(revision, { position, id: event.id });
      stream.last = revision++;
    }
    return { kind: 'appended', lastRevision: stream.last, position: this.head };
  }
}

interface ChangedStream {
  readonly number: number;
  last: number;
  /** Of this group's events only: revision by id, and what stands at a revision. */
  readonly ids: Map<string, number>;
  readonly added: Map<number, { readonly position: number; readonly id: string }>;
}

function viewOf(log: EventLog, head: StreamHead | undefined, changed: ChangedStream | undefined): StreamView {
  if (!head) return { last: undefined, idAt: () => undefined, revisionOf: () => undefined };
  return {
    last: head.last,
    idAt: (revision) => log.idAt(head.number, revision) ?? changed?.added.get(revision)?.id,
    revisionOf: (id) => log.revisionOf(head.number, id) ?? changed?.ids.get(id),
  };
}
