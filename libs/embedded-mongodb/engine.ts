import { randomBytes } from 'node:crypto';
import { Cursors } from './cursor/cursors.js';
import { fail } from './errors.js';
import { OpCounters } from './op-counters.js';
import { pause, type Execution, type Steps } from './query/execution.js';
import { Catalog, type CollectionEntry } from './storage/catalog.js';
import { openEnvironment, type Environment } from './storage/environment.js';
import { Records } from './storage/records.js';
import { sweepStep } from './storage/sweep.js';
import { WriteQueue } from './storage/write-queue.js';

export const mostConnections = 2000;

/** A bulk of the usual size should be one transaction: each one costs a wait for the disk. */
const writeMs = 30;

/** A write in steps: it gives `pause` when its turn is over, and returns its result. */
export type WriteSteps<T> = Generator<typeof pause, T, undefined>;

/** Everything behind the wire. */
export class Engine {
  readonly startedAt = Date.now();
  readonly cursors = new Cursors();
  readonly opCounters = new OpCounters();
  /** The clients, by the number of their connection. */
  readonly peers = new Map<number, string>();
  readonly environment: Environment;
  readonly catalog: Catalog;
  readonly records: Records;
  private readonly queue: WriteQueue;
  private sweeping: Promise<void> | undefined;

  constructor(dataDir: string) {
    this.environment = openEnvironment(dataDir);
    this.catalog = new Catalog(this.environment);
    this.records = new Records(this.environment, this.catalog);
    this.queue = new WriteQueue(
      this.environment,
      dataDir,
      () => {
        this.catalog.saveChanged();
      },
      () => {
        this.catalog.load();
      },
    );
  }

  /** Resolves with the result when all of it is on disk. */
  async write<T>(execution: Execution, begin: () => WriteSteps<T>): Promise<T> {
    let steps: WriteSteps<T> | undefined;
    let result: { value: T } | undefined;
    await this.queue.run(() => {
      execution.resume(writeMs);
      steps ??= begin();
      try {
        const next = steps.next();
        if (!next.done) {
          execution.checkTime();
          return false;
        }
        result = { value: next.value };
        return true;
      } finally {
        // No range of this transaction may outlive it.
        execution.suspend();
      }
    });
    if (!result) throw fail('InternalError', 'A write ended without a result');
    return result.value;
  }

  get connections(): number {
    return this.peers.size;
  }

  peerOf(connection: number): string {
    return this.peers.get(connection) ?? '';
  }

  collection(db: string, name: string): CollectionEntry | undefined {
    return this.catalog.find(`${db}.${name}`);
  }

  /** Within a write. */
  ensureCollection(db: string, name: string): CollectionEntry {
    return this.collection(db, name) ?? this.catalog.create(db, name, randomBytes(16));
  }

  /** After a start: an index whose build did not end is taken away, what was dropped is swept. */
  recover(): void {
    for (const collection of this.catalog.collections()) {
      const unready = collection.indexes.filter((index) => !index.ready);
      if (unready.length === 0) continue;
      void this.queue.run(() => {
        collection.indexes = collection.indexes.filter((index) => index.ready);
        for (const index of unready) this.catalog.discardIndex(index);
        this.catalog.save(collection);
        return true;
      });
    }
    this.sweep();
  }

  /** Removes what drops left behind, a little at a time. */
  sweep(): void {
    this.sweeping ??= this.sweepAll().finally(() => {
      this.sweeping = undefined;
    });
  }

  private async sweepAll(): Promise<void> {
    try {
      const progress = { left: true };
      while (progress.left) {
        await this.queue.run(() => {
          progress.left = sweepStep(this.environment, this.catalog);
          return true;
        });
      }
    } catch {
      // A full disk or the end of the server: the next start goes on.
    }
  }

  async close(): Promise<void> {
    this.queue.close();
    this.cursors.killAll(() => true);
    await this.environment.root.close();
  }
}

/** Goes through steps inside a write, handing its pauses on. */
export function* inWrite<T>(
  steps: Steps<T>,
  execution: Execution,
  take: (item: T) => boolean,
): Generator<typeof pause, void> {
  for (;;) {
    const next = steps.next();
    if (next.done) return;
    if (next.value === pause) yield pause;
    else if (take(next.value)) {
      steps.return();
      execution.suspend();
      return;
    }
  }
}
