import type { Case, CasesOf } from '../cohorts/cases.js';
import { PolicyVersions, type RuledBy } from '../cohorts/policy-versions.js';
import { ComplianceCounter, NOT_JUDGED, type ComplianceFigures } from '../figures/compliance.js';
import type { ComplaintFact, CycleFact } from '../facts.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import type { ReportFrame } from '../report-frame.js';
import { flipOf, type Flip } from './flip.js';

export interface SideFigures extends ComplianceFigures {
  /** Still to be resolved and already late at the end of the period; 0 where nothing can be open. */
  readonly openLate: number;
}

export interface FlipCounts {
  readonly n: number;
  /** To within the target, or to not late while open. */
  readonly toWithin: number;
  readonly toLate: number;
  /** A target appears or goes. */
  readonly other: number;
}

/** The same clocks by the rules that ruled them and by others. */
export interface SideBySide {
  readonly then: SideFigures;
  readonly again: SideFigures;
  readonly flips: FlipCounts;
}

export interface WhatIf<Cycle extends CycleFact> {
  /** The flips of this complaint, for whoever lists them; figures only are kept. */
  add(complaint: ComplaintFact<Cycle>): readonly Flip[];
  finish(): GroupedFigures<SideBySide> & RuledBy;
}

/**
 * Counts a cohort twice. Pure and deterministic: the order in which complaints come does not matter.
 * @param casesOf of a report, judging again by the other rules
 */
export function whatIf<Cycle extends CycleFact>(frame: ReportFrame, casesOf: CasesOf<Cycle>): WhatIf<Cycle> {
  const groups = new Groups(frame, () => new SideBySideCounter());
  const policies = new PolicyVersions();
  return {
    add: (complaint) =>
      casesOf(complaint).flatMap((one) => {
        if (one.open === null) policies.add(one.policyVersion);
        const flip = flipOf(one);
        groups.count(one.subject, (counter) => {
          counter.add(one, flip);
        });
        return flip === undefined ? [] : [flip];
      }),
    finish: () => ({ ...groups.finish((counter) => counter.figures()), ...policies.figures() }),
  };
}

class SideCounter {
  private readonly judged = new ComplianceCounter();
  private openLate = 0;

  add(judged: Case['then'], openLate: boolean | null): void {
    if (openLate === null) this.judged.add(judged ?? NOT_JUDGED);
    else if (openLate) this.openLate += 1;
  }

  figures(): SideFigures {
    return { ...this.judged.figures(), openLate: this.openLate };
  }
}

class SideBySideCounter {
  private readonly then = new SideCounter();
  private readonly again = new SideCounter();
  private toWithin = 0;
  private toLate = 0;
  private other = 0;

  add({ then, again, open }: Case, flip: Flip | undefined): void {
    this.then.add(then, open && open.lateThen);
    this.again.add(again, open && open.lateAgain);
    if (flip === undefined) return;
    if (flip.then.verdict === 'unjudged' || flip.again.verdict === 'unjudged') this.other += 1;
    else if (flip.again.verdict === 'within' || flip.again.verdict === 'open') this.toWithin += 1;
    else this.toLate += 1;
  }

  figures(): SideBySide {
    const { toWithin, toLate, other } = this;
    const flips = { n: toWithin + toLate + other, toWithin, toLate, other };
    return { then: this.then.figures(), again: this.again.figures(), flips };
  }
}
