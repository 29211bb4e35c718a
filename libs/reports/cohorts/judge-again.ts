import type { RulesInForce } from '#libs/configuration-model/index.js';
import { instantOf, toIso, verdictsOfCycle, type CycleRules } from '#libs/service-time/index.js';
import type { CycleFact, JudgeableCycle } from '../facts.js';
import type { Judged } from '../figures/compliance.js';

export interface JudgedCycle extends Judged {
  readonly due: string | null;
}

/** A clock of a cycle as some rules have it; null without rules. */
export type JudgeCycle<Cycle extends CycleFact = JudgeableCycle> = (cycle: Cycle) => JudgedCycle | null;

/** As it was judged then. */
export const asJudgedThen: JudgeCycle<CycleFact> = ({ resolution }) => resolution;

/**
 * By other rules: another calendar, a draft policy. `now` is for clocks that still run.
 * @param rulesOf the rules to judge the cycle by; undefined leaves it without verdict
 */
export function judgeAgainBy(
  rulesOf: (cycle: CycleFact) => CycleRules | RulesInForce | undefined,
  now: string,
  clock: 'resolution' | 'registration' = 'resolution',
): JudgeCycle {
  const instant = instantOf(now);
  return (cycle) => {
    const rules = rulesOf(cycle);
    const verdict = rules && verdictsOfCycle(cycle.facts, rules, instant)[clock];
    if (!verdict) return null;
    const { elapsed, compliant, due } = verdict;
    return { elapsed, compliant, due: due === null ? null : toIso(due) };
  };
}
