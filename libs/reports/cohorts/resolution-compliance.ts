import { ComplianceCounter, type ComplianceFigures, type Judged } from '../figures/compliance.js';
import type { ComplaintFact, CycleFact } from '../facts.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import type { Subject } from '../grouping/keys.js';
import { endOf, isWithin, type Aggregator, type ReportFrame } from '../report-frame.js';
import { asJudgedThen, type JudgeCycle } from './judge-again.js';
import { isOpenLateAt } from './open-late.js';
import { PolicyVersions, type RuledBy } from './policy-versions.js';

export interface ResolutionFigures extends ComplianceFigures {
  /** Apart from the cohort: still to be resolved and already late at the end of the period. */
  readonly openLate: number;
  /** The same complaints judged by other rules, if that was asked for. */
  readonly judgedAgain?: ComplianceFigures & {
    readonly openLate: number;
    /** How many have another verdict than then. */
    readonly differ: number;
  };
}

class ResolutionCounter {
  readonly then = new ComplianceCounter();
  readonly again = new ComplianceCounter();
  openLate = 0;
  openLateAgain = 0;
  differ = 0;
}

const NOT_JUDGED: Judged = { elapsed: null, compliant: null };

/**
 * Cohort: cycles whose accepted resolution was entered in the period. A complaint that was re-opened and resolved
 * again counts once for each time. `officer` is who entered the result, `team` the last that had it in the cycle.
 */
export function resolutionCompliance(
  frame: ReportFrame,
  judgeAgain?: JudgeCycle,
): Aggregator<ComplaintFact, GroupedFigures<ResolutionFigures> & RuledBy> {
  const groups = new Groups(frame, () => new ResolutionCounter());
  const policies = new PolicyVersions();
  const end = endOf(frame);

  function addCycle(complaint: ComplaintFact, cycle: CycleFact): void {
    const { channel, project } = complaint;
    const subjectAt = (moment: string): Subject => ({
      ...cycle,
      channel,
      project,
      officer: cycle.resolvedBy,
      moment,
    });
    const then = asJudgedThen(cycle);
    const again = judgeAgain?.(cycle) ?? null;
    if (isWithin(frame, cycle.resolvedAt)) {
      policies.add(cycle.resolution?.policyVersion);
      groups.count(subjectAt(cycle.resolvedAt), (counter) => {
        counter.then.add(then ?? NOT_JUDGED);
        counter.again.add(again ?? NOT_JUDGED);
        if ((then?.compliant ?? null) !== (again?.compliant ?? null)) counter.differ += 1;
      });
      return;
    }
    const lateThen = isOpenLateAt(cycle, then?.due ?? null, end);
    const lateAgain = isOpenLateAt(cycle, again?.due ?? null, end);
    if (!lateThen && !lateAgain) return;
    // What is still open has no moment of its own in the period: it belongs to the end of it.
    groups.count(subjectAt(justBefore(end)), (counter) => {
      if (lateThen) counter.openLate += 1;
      if (lateAgain) counter.openLateAgain += 1;
    });
  }

  return {
    add: (complaint) => {
      for (const cycle of complaint.cycles) addCycle(complaint, cycle);
    },
    finish: () => ({
      ...groups.finish((counter) => figuresOf(counter, judgeAgain !== undefined)),
      ...policies.figures(),
    }),
  };
}

function figuresOf(counter: ResolutionCounter, judgedAgain: boolean): ResolutionFigures {
  const figures = { ...counter.then.figures(), openLate: counter.openLate };
  if (!judgedAgain) return figures;
  const again = { ...counter.again.figures(), openLate: counter.openLateAgain, differ: counter.differ };
  return { ...figures, judgedAgain: again };
}

function justBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString();
}
