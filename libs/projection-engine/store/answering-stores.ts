import type { EventStore } from '#libs/event-store/event-store.port.js';
import { NoAnswerError } from '../engine.errors.js';
import type { ProjectionStore } from './projection-store.port.js';

/**
 * The answer, or an error when it has not come in time. What was asked may have been done all the same, or may be done
 * yet: whoever gets the error knows nothing any more about what it asked to be changed.
 * @throws NoAnswerError
 */
export async function answered<T>(answer: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswerError(what, ms));
    }, ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same store, of which no call stays open for ever: a server that is frozen, or gone behind a line that still stands. */
export function answeringStore(store: ProjectionStore, ms: number): ProjectionStore {
  const { documents, checkpoints, builds, members, parked, requests } = store;
  return {
    documents: answering('documents', documents, ms),
    checkpoints: answering('checkpoints', checkpoints, ms),
    builds: answering('builds', builds, ms),
    members: answering('members', members, ms),
    parked: answering('parked events', parked, ms),
    requests: answering('requests', requests, ms),
  };
}

/** As `answeringStore`, but for subscriptions: that nothing comes is no fault of theirs, and others watch over them. */
export function answeringLog(log: EventStore, ms: number): EventStore {
  return {
    append: (...args) => log.append(...args),
    readStream: (...args) => answeredEach(log.readStream(...args), ms, 'a stream of the log'),
    readStored: (...args) => answeredEach(log.readStored(...args), ms, 'a stream of the log'),
    readLog: (...args) => answeredEach(log.readLog(...args), ms, 'the log'),
    subscribe: (...args) => log.subscribe(...args),
    follow: (...args) => log.follow(...args),
    head: (...args) => answered(log.head(...args), ms, 'the head of the log'),
    newest: (...args) => answered(log.newest(...args), ms, 'the head of the log'),
    close: () => log.close(),
  };
}

type Method = (...args: unknown[]) => Promise<unknown> | AsyncIterable<unknown>;

function answering<Part extends object>(what: string, part: Part, ms: number): Part {
  const guarded = Object.entries(part).map(([name, method]) => [
    name,
    (...args: unknown[]) => {
      const answer = (method as Method)(...args);
      return answer instanceof Promise ? answered(answer, ms, what) : answeredEach(answer, ms, what);
    },
  ]);
  return Object.fromEntries(guarded) as Part;
}

async function* answeredEach<T>(items: AsyncIterable<T>, ms: number, what: string): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await answered(iterator.next(), ms, what);
      if (next.done) {
        isOver = true;
        return;
      }
      yield next.value;
    }
  } finally {
    // Not awaited: one that does not answer does not end in time either.
    if (!isOver) void iterator.return?.().catch(() => undefined);
  }
}
