import { fail } from '../errors.js';

/** What a step generator gives when others should have a turn before it goes on. */
export const pause = Symbol('pause');
export type Pause = typeof pause;
export type Steps<T> = Generator<T | Pause, void, undefined>;

/** Longer at a stretch and others would feel it. */
const sliceMs = 8;
/** Evaluation steps within one slice; far more than any honest document needs. */
const stepsPerSlice = 3_000_000;

interface OpenRange {
  return?(): unknown;
}

/**
 * One operation while it runs: its time limit, its open ranges of the storage, its share of the processor. Between two calls
 * of the client it is suspended: no range stays open, so that nothing pins old pages.
 */
export class Execution {
  keysExamined = 0;
  docsExamined = 0;
  /** What was given last is the last, as a limit knows. */
  atEnd = false;
  /** Grows with each suspension; an open range of an earlier one is closed. */
  epoch = 0;
  private readonly ranges = new Set<OpenRange>();
  private sliceEnd = performance.now() + sliceMs;
  private steps = 0;
  private ticks = 0;
  private deadline = Infinity;
  /** Whether somebody still waits for the answer. */
  isAwaited: () => boolean = () => true;

  constructor(readonly now = Date.now()) {}

  limitTime(maxTimeMs: number): void {
    this.deadline = maxTimeMs > 0 ? performance.now() + maxTimeMs : Infinity;
  }

  opened<T extends OpenRange>(range: T): T {
    this.ranges.add(range);
    return range;
  }

  closed(range: OpenRange): void {
    this.ranges.delete(range);
  }

  suspend(): void {
    this.epoch++;
    for (const range of this.ranges) range.return?.();
    this.ranges.clear();
  }

  /** Begins a stretch of work. */
  resume(stretchMs = sliceMs): void {
    this.sliceEnd = performance.now() + stretchMs;
    this.steps = 0;
  }

  /** To be asked once per document or key. */
  get pauseDue(): boolean {
    if (this.steps < stepsPerSlice / 4 && (++this.ticks & 31) !== 0) return false;
    return performance.now() > this.sliceEnd || this.steps >= stepsPerSlice / 4;
  }

  /** Counts work that a request can ask for without bound. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > stepsPerSlice) {
      throw fail('ExceededMemoryLimit', 'An expression takes more than this server grants to one document');
    }
  }

  checkTime(): void {
    if (performance.now() > this.deadline) throw fail('MaxTimeMSExpired', 'operation exceeded time limit');
  }
}

/** Lets others run. */
const breathe = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Takes from the steps until `enough` says so. True when there is no more. */
export async function drain<T>(
  steps: Steps<T>,
  execution: Execution,
  take: (item: T) => boolean,
): Promise<boolean> {
  execution.resume();
  try {
    for (;;) {
      const next = steps.next();
      if (next.done) return true;
      if (next.value === pause) {
        execution.suspend();
        await breathe();
        execution.checkTime();
        if (!execution.isAwaited())
          throw fail('Interrupted', 'operation was interrupted because a client disconnected');
        execution.resume();
      } else if (take(next.value)) return false;
    }
  } finally {
    execution.suspend();
  }
}
