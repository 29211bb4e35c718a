import type { ComplaintFact } from '../facts.js';
import { Groups, type Grouped } from '../grouping/groups.js';
import { isWithin, type Aggregator, type ReportFrame } from '../report-frame.js';

export interface RootCauseFigures {
  readonly n: number;
  readonly escalated: number;
  readonly reopened: number;
  /** Resolved after due, in any cycle. */
  readonly late: number;
}

export interface ParetoFigures extends RootCauseFigures {
  /** Of all complaints of the period, 0 to 1. */
  readonly share: number;
  /** Of this and all more frequent causes together. */
  readonly cumulativeShare: number;
}

export interface Pareto {
  readonly total: RootCauseFigures;
  /** The most frequent first; equal ones by key. */
  readonly groups: readonly Grouped<ParetoFigures>[];
}

class CauseCounter {
  n = 0;
  escalated = 0;
  reopened = 0;
  late = 0;

  figures(): RootCauseFigures {
    const { n, escalated, reopened, late } = this;
    return { n, escalated, reopened, late };
  }
}

/** Cohort: complaints received in the period, by the cause that is known by now. */
export function rootCauses(frame: ReportFrame): Aggregator<ComplaintFact, Pareto> {
  const groups = new Groups(frame, () => new CauseCounter());
  return {
    add: (complaint) => {
      if (!isWithin(frame, complaint.receivedAt)) return;
      const officer = complaint.cycles.at(-1)?.resolvedBy ?? null;
      groups.count({ ...complaint, officer, moment: complaint.receivedAt }, (counter) => {
        counter.n += 1;
        if (complaint.escalations.length > 0) counter.escalated += 1;
        if (complaint.cycles.length > 1) counter.reopened += 1;
        if (complaint.cycles.some(({ resolution }) => resolution?.compliant === false)) counter.late += 1;
      });
    },
    finish: () => {
      const { total, groups: counted } = groups.finish((counter) => counter.figures());
      let sum = 0;
      const ordered = [...counted].sort((a, b) => b.n - a.n);
      return {
        total,
        groups: ordered.map((group) => {
          sum += group.n;
          return { ...group, share: group.n / total.n, cumulativeShare: sum / total.n };
        }),
      };
    },
  };
}
