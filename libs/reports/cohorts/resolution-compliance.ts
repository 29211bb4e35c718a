import { ComplianceCounter, NOT_JUDGED, type ComplianceFigures } from '../figures/compliance.js';
import type { ComplaintFact, CycleFact } from '../facts.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import type { Aggregator, ReportFrame } from '../report-frame.js';
import { FlipPage } from '../what-if/flip-page.js';
import { flipOf, type Flip } from '../what-if/flip.js';
import { resolutionCases, type Case } from './cases.js';
import type { JudgeCycle } from './judge-again.js';
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

/** Which complaints have another verdict, the open late ones among them; `items` are the first of all `n`. */
export interface Differing {
  readonly differing?: { readonly n: number; readonly items: readonly Flip[] };
}

/** A report is no list: who needs more than these asks what-if for its pages. */
export const MOST_DIFFERING = 200;

class ResolutionCounter {
  private readonly then = new ComplianceCounter();
  private readonly again = new ComplianceCounter();
  private openLate = 0;
  private openLateAgain = 0;
  private differ = 0;

  add({ then, again, open }: Case): void {
    if (open !== null) {
      if (open.lateThen) this.openLate += 1;
      if (open.lateAgain) this.openLateAgain += 1;
      return;
    }
    this.then.add(then ?? NOT_JUDGED);
    this.again.add(again ?? NOT_JUDGED);
    if ((then?.compliant ?? null) !== (again?.compliant ?? null)) this.differ += 1;
  }

  figures(judgedAgain: boolean): ResolutionFigures {
    const figures = { ...this.then.figures(), openLate: this.openLate };
    if (!judgedAgain) return figures;
    const { openLateAgain: openLate, differ } = this;
    return { ...figures, judgedAgain: { ...this.again.figures(), openLate, differ } };
  }
}

/**
 * Cohort: cycles whose accepted resolution was entered in the period. A complaint that was re-opened and resolved
 * again counts once for each cycle.
 */
export function resolutionCompliance<Cycle extends CycleFact>(
  frame: ReportFrame,
  judgeAgain?: JudgeCycle<Cycle>,
): Aggregator<ComplaintFact<Cycle>, GroupedFigures<ResolutionFigures> & RuledBy & Differing> {
  const groups = new Groups(frame, () => new ResolutionCounter());
  const policies = new PolicyVersions();
  const casesOf = resolutionCases(frame, judgeAgain);
  const differing = judgeAgain && new FlipPage(MOST_DIFFERING);

  function addCase(one: Case): void {
    if (one.open === null) policies.add(one.policyVersion);
    groups.count(one.subject, (counter) => {
      counter.add(one);
    });
    const flip = differing && flipOf(one);
    if (flip !== undefined) differing?.add(flip);
  }

  return {
    add: (complaint) => {
      for (const one of casesOf(complaint)) addCase(one);
    },
    finish: () => ({
      ...groups.finish((counter) => counter.figures(differing !== undefined)),
      ...policies.figures(),
      ...(differing && { differing: pick(differing) }),
    }),
  };
}

function pick(page: FlipPage): { n: number; items: readonly Flip[] } {
  const { n, items } = page.finish();
  return { n, items };
}
