import type { Names } from '#libs/event-contracts/index.js';
import type { ReportFrame } from '../report-frame.js';
import { isCoded, type CodedDimension, type Dimension } from './dimensions.js';
import { keyOf, type KeyOf, type Subject } from './keys.js';

export const MOST_GROUPS = 10_000;

/** The answer would be too long to be of use; fewer dimensions or a shorter period help. */
export class TooManyGroupsError extends Error {
  override readonly name = 'TooManyGroupsError';
  constructor(readonly groupBy: readonly Dimension[]) {
    super(
      `Grouping by ${groupBy.join(' and ')} makes more than ${MOST_GROUPS} groups; ask for a shorter period or group by something coarser.`,
    );
  }
}

export type GroupNames = Readonly<Partial<Record<CodedDimension, Names | null>>>;

export interface GroupKey {
  /** The values joined by "/", "(none)" for those that are missing. */
  readonly key: string;
  /** The same by dimension, null for those that are missing. */
  readonly keys: Readonly<Partial<Record<Dimension, string | null>>>;
  /** What the codes among them are called; null for a missing value, and for a code that was never defined. */
  readonly names?: GroupNames;
}

export type Grouped<Figures> = GroupKey & Figures;

export interface GroupedFigures<Figures> {
  readonly total: Figures;
  readonly groups: readonly Grouped<Figures>[];
}

/** What is counted together: every subject goes into the total and into its group. */
export class Groups<Counter> {
  readonly total: Counter;
  private readonly counters = new Map<
    string,
    { readonly values: readonly (string | null)[]; readonly counter: Counter }
  >();
  private readonly keyOf: KeyOf;

  constructor(
    private readonly frame: ReportFrame,
    private readonly start: () => Counter,
  ) {
    this.total = start();
    this.keyOf = keyOf(frame);
  }

  /** @throws TooManyGroupsError */
  count(subject: Subject, into: (counter: Counter) => void): void {
    into(this.total);
    into(this.of(subject));
  }

  private of(subject: Subject): Counter {
    const values = this.keyOf(subject);
    const key = JSON.stringify(values);
    let group = this.counters.get(key);
    if (group === undefined) {
      if (this.counters.size >= MOST_GROUPS) throw new TooManyGroupsError(this.frame.groupBy);
      group = { values, counter: this.start() };
      this.counters.set(key, group);
    }
    return group.counter;
  }

  /** In the order of their values, those without one last. */
  finish<Figures>(figuresOf: (counter: Counter) => Figures): GroupedFigures<Figures> {
    const { groupBy, namesOf } = this.frame;
    const coded = namesOf === undefined ? [] : groupBy.filter(isCoded);
    const namesIn = (keys: GroupKey['keys']): GroupNames =>
      Object.fromEntries(
        coded.map((dimension) => [dimension, namesOf?.(dimension, keys[dimension] ?? null) ?? null]),
      );
    const groups = [...this.counters.values()]
      .sort((a, b) => compareValues(a.values, b.values))
      .map(({ values, counter }) => {
        const key = values.map((value) => value ?? '(none)').join('/');
        const keys: GroupKey['keys'] = Object.fromEntries(
          groupBy.map((dimension, index) => [dimension, values[index] ?? null]),
        );
        const names = coded.length === 0 ? {} : { names: namesIn(keys) };
        return { key, keys, ...names, ...figuresOf(counter) };
      });
    return { total: figuresOf(this.total), groups };
  }
}

function compareValues(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}
