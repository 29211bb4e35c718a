import { setImmediate as turn } from 'node:timers/promises';

/** What a request in the same process may have to wait for a batch, in milliseconds. */
const stretchMs = 10;

/**
 * A catch-up folds thousands of documents at a stretch, in a process that may serve requests, too: the event loop gets its
 * turn every few milliseconds.
 */
export class Breather {
  private since = performance.now();

  /** To be awaited when there is one; most of the time there is none. */
  breath(): Promise<void> | undefined {
    return performance.now() - this.since < stretchMs ? undefined : this.breathe();
  }

  private async breathe(): Promise<void> {
    await turn();
    this.since = performance.now();
  }
}
