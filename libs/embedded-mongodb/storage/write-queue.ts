import { statfsSync } from 'node:fs';
import { fail, MongoError } from '../errors.js';
import type { Environment } from './environment.js';

/** One turn of a write; true when it is finished, false to be called again in a later transaction. */
export type WriteStep = () => boolean;

interface Waiting {
  readonly step: WriteStep;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
  /** Part of it is in an earlier transaction. */
  started: boolean;
}

/** Longer and readers would feel it. */
const turnMs = 20;

/**
 * Group commit: all writes that wait are run in one transaction with one sync to disk, and answered after it. A refusal (a
 * MongoError) concerns its own write alone and is thrown before that write changed anything; any other error undoes the
 * whole group.
 */
export class WriteQueue {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private closed = false;

  constructor(
    private readonly environment: Environment,
    private readonly dataDir: string,
    /** Called inside the transaction, before it is committed. */
    private readonly beforeCommit: () => void,
    /** Called when the transaction was undone. */
    private readonly afterAbort: () => void,
  ) {}

  /** Resolves when all that the steps wrote is on disk. */
  run(step: WriteStep): Promise<void> {
    if (this.closed) return Promise.reject(fail('Interrupted', 'The server is shutting down'));
    return new Promise((done, failed) => {
      this.waiting.push({ step, done, failed, started: false });
      this.schedule();
    });
  }

  close(): void {
    this.closed = true;
    for (const { failed } of this.waiting.splice(0))
      failed(fail('Interrupted', 'The server is shutting down'));
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    // After this turn's messages have been read, so that they share a commit.
    setImmediate(() => {
      this.scheduled = false;
      this.turn();
      this.schedule();
    });
  }

  private turn(): void {
    if (this.closed) return;
    const finished: (() => void)[] = [];
    const unfinished: Waiting[] = [];
    const taken: Waiting[] = [];
    try {
      this.environment.root.transactionSync(() => {
        const until = performance.now() + turnMs;
        while (this.waiting.length > 0 && (taken.length === 0 || performance.now() < until)) {
          const next = this.waiting.shift() as Waiting;
          taken.push(next);
          this.step(next, finished, unfinished);
        }
        this.beforeCommit();
      });
    } catch (error) {
      this.afterAbort();
      const reason = storageError(error, this.dataDir);
      // What was begun earlier works on a catalogue that has just been read anew.
      const begun = this.waiting.filter(({ started }) => started);
      this.waiting = this.waiting.filter(({ started }) => !started);
      for (const { failed } of [...taken, ...begun]) failed(reason);
      return;
    }
    this.waiting.push(...unfinished);
    for (const answer of finished) answer();
  }

  private step(next: Waiting, finished: (() => void)[], unfinished: Waiting[]): void {
    try {
      next.started = true;
      if (next.step()) finished.push(next.done);
      else unfinished.push(next);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      finished.push(() => {
        next.failed(error);
      });
    }
  }
}

/** A full disk is the client's to know; the engine goes on when there is space again. */
function storageError(error: unknown, dataDir: string): MongoError {
  if (error instanceof MongoError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const full = /ENOSPC|No space left|MAP_FULL|Disk quota/i.test(message) || isFull(dataDir);
  return fail(full ? 'OutOfDiskSpace' : 'InternalError', `The write could not be stored: ${message}`);
}

/** What did not fit as a whole is reported as an error of input and output. */
function isFull(dataDir: string): boolean {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize < 16 * 1024 * 1024;
}
