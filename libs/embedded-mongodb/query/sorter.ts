import { fail } from '../errors.js';
import { pause, type Execution, type Steps } from './execution.js';

/** MongoDB's own limit of a sort in memory. */
export const sortMemory = 100 * 1024 * 1024;
const runLength = 4096;
/** Up to here the best ones are kept instead of all. */
const mostKept = 20_000;

interface Keyed<T> {
  readonly key: string;
  readonly turn: number;
  readonly item: T;
  readonly bytes: number;
}

const byKey = <T>(a: Keyed<T>, b: Keyed<T>): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : a.turn - b.turn;

/**
 * Sorts what comes in runs, each short enough to be sorted at one stretch, and merges them as they are asked for.
 * Equal ones stay in the order in which they came.
 */
export function* sorted<T>(
  input: Iterable<T | typeof pause>,
  keyOf: (item: T) => string,
  sizeOf: (item: T) => number,
  execution: Execution,
  limit = Infinity,
): Steps<T> {
  const runs: Keyed<T>[][] = [];
  let run: Keyed<T>[] = [];
  let memory = 0;
  let turn = 0;
  const keepFew = limit <= mostKept;
  for (const item of input) {
    if (item === pause) {
      yield pause;
      continue;
    }
    const key = keyOf(item);
    const bytes = sizeOf(item) + key.length + 64;
    run.push({ key, turn: turn++, item, bytes });
    memory += bytes;
    if (keepFew && run.length > limit && (run.length >= 2 * limit + 1000 || memory > sortMemory / 2)) {
      run.sort(byKey);
      for (const dropped of run.splice(limit)) memory -= dropped.bytes;
    } else if (!keepFew && run.length >= runLength) {
      runs.push(run.sort(byKey));
      run = [];
    }
    if (memory > sortMemory) {
      throw fail(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Sort exceeded memory limit of ${sortMemory} bytes, but did not opt in to external sorting.`,
      );
    }
    if (execution.pauseDue) yield pause;
  }
  runs.push(run.sort(byKey));
  yield* merged(runs, execution, limit);
}

function* merged<T>(runs: Keyed<T>[][], execution: Execution, limit: number): Steps<T> {
  const heap = new Heads(runs.filter((run) => run.length > 0));
  for (let given = 0; given < limit; given++) {
    const next = heap.take();
    if (!next) return;
    yield next.item;
    if (execution.pauseDue) yield pause;
  }
}

interface Head<T> {
  readonly run: (Keyed<T> | undefined)[];
  at: number;
}

/** A binary heap over the heads of the runs. */
class Heads<T> {
  private readonly heads: Head<T>[];

  constructor(runs: Keyed<T>[][]) {
    this.heads = runs.map((run) => ({ run, at: 0 }));
    for (let i = (this.heads.length >> 1) - 1; i >= 0; i--) this.sink(i);
  }

  take(): Keyed<T> | undefined {
    const head = this.heads[0];
    if (!head) return undefined;
    const taken = head.run[head.at] as Keyed<T>;
    head.run[head.at++] = undefined;
    if (head.at === head.run.length) {
      const last = this.heads.pop() as Head<T>;
      if (this.heads.length > 0) this.heads[0] = last;
    }
    this.sink(0);
    return taken;
  }

  private sink(start: number): void {
    let at = start;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (this.precedes(child, least)) least = child;
      if (least === at) return;
      const [a, b] = [this.heads[at] as Head<T>, this.heads[least] as Head<T>];
      this.heads[at] = b;
      this.heads[least] = a;
      at = least;
    }
  }

  private precedes(a: number, b: number): boolean {
    const [x, y] = [this.heads[a], this.heads[b]];
    return x !== undefined && y !== undefined && byKey(x.run[x.at] as Keyed<T>, y.run[y.at] as Keyed<T>) < 0;
  }
}
