import { EventStoreUnavailableError } from './event-store-errors.js';

/** What we use of the client's streams, whose types come with an older version of Node's. */
export interface ClientStream {
  on(event: 'error' | 'end' | 'close', listener: (error: Error) => void): unknown;
  destroy(error?: Error): unknown;
  resume(): unknown;
  readonly destroyed: boolean;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterableIterator<unknown>;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

export interface ConsumeOptions {
  /** Ends the underlying call. */
  readonly cancel: () => Promise<void>;
  /** The loop throws when it has waited this long for the server; the consumer's own time does not count. */
  readonly stallMs?: number;
  /** Destroys the stream, wherever the loop stands. */
  readonly signal: AbortSignal;
  /**
   * Little is left to come: a loop that was left lets it come and go instead of ending the call. A connection does not
   * outlive a thousand calls that are ended early within a short time.
   */
  readonly runsDry?: boolean;
}

/**
 * One `for await` over a stream of the client, with the clean-up that the client leaves to its caller: it does not
 * destroy a stream after an error and does not cancel the call behind a loop that was left (P-4).
 */
export async function* consumeStream<T>(stream: ClientStream, options: ConsumeOptions): AsyncGenerator<T> {
  const guard = guardStream(stream, options);
  const stall = options.stallMs === undefined ? undefined : watchForStall(stream, options.stallMs);
  let isLeft = true;
  try {
    const items = options.runsDry ? stream.iterator({ destroyOnReturn: false }) : stream;
    for await (const item of items as AsyncIterable<T>) {
      stall?.arrived();
      yield item;
      stall?.waiting();
    }
    isLeft = false;
  } catch (error) {
    isLeft = false;
    throw error;
  } finally {
    const release = () => {
      stall?.stop();
      guard.release();
    };
    if (isLeft && options.runsDry && !stream.destroyed) {
      stall?.waiting();
      runDry(stream, release);
    } else release();
  }
}

function runDry(stream: ClientStream, release: () => void): void {
  for (const end of ['end', 'error', 'close'] as const) stream.on(end, release);
  stream.resume();
}

/**
 * The same loop with the consumer inside of it: a generator around a stream costs several turns of the microtask queue
 * per item. While a promise that `take` returns is pending, nothing more is read.
 */
export async function drainStream(
  stream: ClientStream,
  options: ConsumeOptions,
  take: (item: unknown) => Promise<void> | undefined,
): Promise<void> {
  const guard = guardStream(stream, options);
  try {
    for await (const item of stream as unknown as AsyncIterable<unknown>) {
      const taken = take(item);
      if (taken) await taken;
      if (options.signal.aborted) return;
    }
  } finally {
    guard.release();
  }
}

function guardStream(stream: ClientStream, { signal, cancel }: ConsumeOptions) {
  // The loop listens while it runs. A later error, without any listener, would end the process.
  stream.on('error', () => undefined);
  const destroy = () => stream.destroy();
  signal.addEventListener('abort', destroy);
  if (signal.aborted) destroy();
  return {
    release: () => {
      signal.removeEventListener('abort', destroy);
      destroy();
      // Not awaited: a call that could not even be started has nothing to cancel, and may never settle.
      cancel().catch(() => undefined);
    },
  };
}

/** One timer for the whole stream: setting one per event would cost more than reading it. */
function watchForStall(stream: ClientStream, stallMs: number) {
  let isWaiting = true;
  let waitingSince = performance.now();
  const timer = setInterval(() => {
    if (isWaiting && performance.now() - waitingSince >= stallMs) {
      stream.destroy(new EventStoreUnavailableError(`The event store sent nothing for ${stallMs} ms.`));
    }
  }, stallMs / 4);
  return {
    arrived: () => {
      isWaiting = false;
    },
    waiting: () => {
      isWaiting = true;
      waitingSince = performance.now();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
