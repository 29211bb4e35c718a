import { randomBytes } from 'node:crypto';
import type { Doc } from '../bson/doc.js';
import { encoded } from '../bson/write.js';
import { fail } from '../errors.js';
import { drain, type Execution, type Steps } from '../query/execution.js';

/** Cursors that nobody asks for end by themselves, as with MongoDB. */
const idleMs = 10 * 60_000;
const mostCursors = 10_000;
/** Room for the answer's own fields below the largest document. */
const largestBatch = 16 * 1024 * 1024 - 16 * 1024;
const firstBatchDefault = 101;

export interface OpenCursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly steps: Steps<Doc>;
  readonly execution: Execution;
  /** Ends it, also when the client has gone. */
  readonly timer: NodeJS.Timeout;
  /** A document that did not fit into the last batch. */
  held: Doc | undefined;
  busy: boolean;
}

export interface Batch {
  readonly documents: readonly Doc[];
  readonly id: bigint;
}

export interface BatchWish {
  readonly batchSize: number | undefined;
  /** No cursor stays open after the first batch. */
  readonly single: boolean;
}

/** Results that are fetched piece by piece. */
export class Cursors {
  private readonly open = new Map<bigint, OpenCursor>();

  get count(): number {
    return this.open.size;
  }

  async first(namespace: string, steps: Steps<Doc>, execution: Execution, wish: BatchWish): Promise<Batch> {
    const batch = await fill(steps, execution, undefined, wish.batchSize ?? firstBatchDefault);
    if (batch.finished || wish.single) {
      steps.return();
      return { documents: batch.documents, id: 0n };
    }
    if (this.open.size >= mostCursors) {
      steps.return();
      throw fail('TooManyFilesOpen', `More than ${mostCursors} cursors are open`);
    }
    const id = newId();
    const timer = setTimeout(() => this.kill(id, namespace), idleMs).unref();
    this.open.set(id, { id, namespace, steps, execution, timer, held: batch.held, busy: false });
    return { documents: batch.documents, id };
  }

  async more(
    id: bigint,
    namespace: string,
    batchSize: number | undefined,
    caller: Execution,
  ): Promise<Batch> {
    const cursor = this.open.get(id);
    if (!cursor) throw fail('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw fail(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.busy) throw fail('OperationFailed', `cursor id ${id} is already in use`);
    cursor.busy = true;
    cursor.timer.refresh();
    cursor.execution.limitTime(0);
    cursor.execution.isAwaited = caller.isAwaited;
    try {
      const batch = await fill(cursor.steps, cursor.execution, cursor.held, batchSize ?? Infinity);
      cursor.held = batch.held;
      if (batch.finished) this.kill(id, namespace);
      return { documents: batch.documents, id: batch.finished ? 0n : id };
    } catch (error) {
      this.kill(id, namespace);
      throw error;
    } finally {
      cursor.busy = false;
    }
  }

  kill(id: bigint, namespace: string): boolean {
    const cursor = this.open.get(id);
    if (cursor?.namespace !== namespace) return false;
    this.open.delete(id);
    clearTimeout(cursor.timer);
    cursor.execution.suspend();
    if (!cursor.busy) cursor.steps.return();
    return true;
  }

  /** Of a collection that is dropped or renamed. */
  killAll(concerns: (namespace: string) => boolean): void {
    for (const { id, namespace } of [...this.open.values()])
      if (concerns(namespace)) this.kill(id, namespace);
  }
}

const newId = (): bigint => (randomBytes(8).readBigUInt64LE() >> 2n) + 1n;

interface Filled {
  readonly documents: Doc[];
  readonly finished: boolean;
  readonly held: Doc | undefined;
}

async function fill(
  steps: Steps<Doc>,
  execution: Execution,
  held: Doc | undefined,
  size: number,
): Promise<Filled> {
  const documents: Doc[] = held ? [held] : [];
  // An empty batch only opens the cursor.
  if (size === 0) return { documents: [], finished: false, held };
  let bytes = held?.bytes?.length ?? 0;
  let left: Doc | undefined;
  if (documents.length >= size) return { documents, finished: execution.atEnd, held: undefined };
  const finished = await drain(steps, execution, (doc) => {
    const ready = encoded(doc);
    const more = ready.bytes?.length ?? 0;
    if (documents.length > 0 && bytes + more > largestBatch) {
      left = ready;
      return true;
    }
    documents.push(ready);
    bytes += more;
    return documents.length >= size;
  });
  return { documents, finished: left === undefined && (finished || execution.atEnd), held: left };
}
