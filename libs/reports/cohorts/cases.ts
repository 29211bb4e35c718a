import type { ComplaintFact, CycleFact } from '../facts.js';
import type { Subject } from '../grouping/keys.js';
import { endOf, isWithin, lastMomentOf, type ReportFrame } from '../report-frame.js';
import { asJudgedThen, type JudgeCycle, type JudgedCycle } from './judge-again.js';
import { isOpenLateAt, teamAt } from './open-at.js';

/** A clock that counts in a period, as it was judged then and as other rules judge it. */
export interface Case {
  readonly complaint: ComplaintFact;
  readonly cycle: CycleFact;
  readonly subject: Subject;
  readonly then: JudgedCycle | null;
  readonly again: JudgedCycle | null;
  /** Of what is not in the cohort but still to be resolved, and late at the end of the period by one of the two. */
  readonly open: { readonly lateThen: boolean; readonly lateAgain: boolean } | null;
  readonly policyVersion: number | undefined;
}

/** The cases of a complaint; none if it does not concern the period. */
export type CasesOf<Cycle extends CycleFact = CycleFact> = (
  complaint: ComplaintFact<Cycle>,
) => readonly Case[];

/** Cycles whose accepted resolution was entered in the period and, apart, those open and late at its end. */
export function resolutionCases<Cycle extends CycleFact>(
  frame: ReportFrame,
  judgeAgain?: JudgeCycle<Cycle>,
): CasesOf<Cycle> {
  const end = endOf(frame);
  const lastMoment = lastMomentOf(frame);
  const caseOf = (complaint: ComplaintFact<Cycle>, cycle: Cycle): Case | undefined => {
    const isResolved = isWithin(frame, cycle.resolvedAt);
    if (!isResolved && cycle.startedAt >= end) return undefined;
    const then = asJudgedThen(cycle);
    const again = judgeAgain?.(cycle) ?? null;
    const open = isResolved
      ? null
      : {
          lateThen: isOpenLateAt(cycle, then?.due ?? null, end),
          lateAgain: isOpenLateAt(cycle, again?.due ?? null, end),
        };
    if (open !== null && !open.lateThen && !open.lateAgain) return undefined;
    const { channel, project } = complaint;
    // What is still open has no moment of its own in the period: it belongs to the end of it.
    const moment = isResolved ? cycle.resolvedAt : lastMoment;
    const team = isResolved ? cycle.team : teamAt(cycle, end);
    const subject = { ...cycle, channel, project, team, officer: cycle.resolvedBy, moment };
    return { complaint, cycle, subject, then, again, open, policyVersion: cycle.resolution?.policyVersion };
  };
  return (complaint) =>
    complaint.cycles.map((cycle) => caseOf(complaint, cycle)).filter((found) => found !== undefined);
}

/** Complaints received in the period. */
export function registrationCases<Cycle extends CycleFact>(
  frame: ReportFrame,
  judgeAgain?: JudgeCycle<Cycle>,
): CasesOf<Cycle> {
  return (complaint) => {
    const [cycle] = complaint.cycles;
    if (cycle === undefined || !isWithin(frame, complaint.receivedAt)) return [];
    const subject = { ...complaint, officer: complaint.receivedBy, moment: complaint.receivedAt };
    const then = cycle.registration;
    const again = judgeAgain?.(cycle) ?? null;
    return [{ complaint, cycle, subject, then, again, open: null, policyVersion: then?.policyVersion }];
  };
}
