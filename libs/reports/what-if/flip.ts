import type { Case } from '../cohorts/cases.js';
import type { JudgedCycle } from '../cohorts/judge-again.js';

/** `unjudged`: there is no target. The two of open ones are as of the end of the period. */
export type Verdict = 'within' | 'late' | 'unjudged' | 'open' | 'open-late';

export interface Side {
  readonly verdict: Verdict;
  readonly due: string | null;
  /** Seconds of the clock's own kind, unrounded; null for what is open. */
  readonly elapsed: number | null;
}

/** A clock that other rules judge otherwise. */
export interface Flip {
  readonly id: string;
  readonly reference: string;
  readonly cycle: number;
  readonly callTree: string;
  readonly priority: string;
  readonly team: string | null;
  readonly resolvedAt: string | null;
  readonly then: Side;
  readonly again: Side;
}

/** The flip of a case; undefined when both judge alike. */
export function flipOf({ complaint, cycle, subject, then, again, open }: Case): Flip | undefined {
  const before = open === null ? verdictOf(then) : openVerdict(open.lateThen);
  const after = open === null ? verdictOf(again) : openVerdict(open.lateAgain);
  if (before === after) return undefined;
  const { callTree, priority, team } = subject;
  return {
    id: complaint._id,
    reference: complaint.reference,
    cycle: cycle.cycle,
    callTree,
    priority,
    team,
    resolvedAt: open === null ? cycle.resolvedAt : null,
    then: side(before, then, open !== null),
    again: side(after, again, open !== null),
  };
}

function verdictOf(judged: JudgedCycle | null): Verdict {
  const compliant = judged?.compliant ?? null;
  return compliant === null ? 'unjudged' : compliant ? 'within' : 'late';
}

function openVerdict(isLate: boolean): Verdict {
  return isLate ? 'open-late' : 'open';
}

function side(verdict: Verdict, judged: JudgedCycle | null, isOpen: boolean): Side {
  const elapsed = isOpen ? null : (judged?.elapsed ?? null);
  return { verdict, due: judged?.due ?? null, elapsed: elapsed === null ? null : elapsed / 1000 };
}
