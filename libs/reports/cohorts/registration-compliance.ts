import { ComplianceCounter, type ComplianceFigures } from '../figures/compliance.js';
import type { ComplaintFact } from '../facts.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import { isWithin, type Aggregator, type ReportFrame } from '../report-frame.js';
import { PolicyVersions, type RuledBy } from './policy-versions.js';

/** Cohort: complaints received in the period. `officer` is who recorded them. */
export function registrationCompliance(
  frame: ReportFrame,
): Aggregator<ComplaintFact, GroupedFigures<ComplianceFigures> & RuledBy> {
  const groups = new Groups(frame, () => new ComplianceCounter());
  const policies = new PolicyVersions();
  return {
    add: (complaint) => {
      if (!isWithin(frame, complaint.receivedAt)) return;
      const clock = complaint.cycles[0]?.registration ?? null;
      policies.add(clock?.policyVersion);
      const subject = { ...complaint, officer: complaint.receivedBy, moment: complaint.receivedAt };
      groups.count(subject, (counter) => {
        counter.add(clock ?? { elapsed: null, compliant: null });
      });
    },
    finish: () => ({ ...groups.finish((counter) => counter.figures()), ...policies.figures() }),
  };
}
