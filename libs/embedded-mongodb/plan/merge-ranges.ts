import { pause, type Steps } from '../query/execution.js';
import type { IndexPlan } from './plan.js';
import { walkRange, type IndexPosition, type ScanSource } from './walk-range.js';

interface Head {
  readonly positions: Steps<IndexPosition>;
  readonly skip: number;
  position: IndexPosition;
}

/** Ranges that are each in order, given in the order of what follows their common beginning. */
export function* mergeRanges(
  source: ScanSource,
  plan: IndexPlan,
  common: readonly number[],
): Steps<IndexPosition> {
  const heads: Head[] = [];
  for (const [i, range] of plan.ranges.entries()) {
    const positions = walkRange(source, plan, range);
    const first = yield* nextOf(positions);
    if (first) heads.push({ positions, skip: common[i] ?? 0, position: first });
  }
  const sign = plan.reverse ? -1 : 1;
  while (heads.length > 0) {
    let least = heads[0] as Head;
    for (const head of heads) {
      const order = head.position.key.subarray(head.skip).compare(least.position.key.subarray(least.skip));
      if (order * sign < 0) least = head;
    }
    yield least.position;
    const next = yield* nextOf(least.positions);
    if (next) least.position = next;
    else heads.splice(heads.indexOf(least), 1);
  }
}

function* nextOf(positions: Steps<IndexPosition>): Generator<typeof pause, IndexPosition | undefined> {
  for (;;) {
    const next = positions.next();
    if (next.done) return undefined;
    if (next.value !== pause) return next.value;
    yield pause;
  }
}
