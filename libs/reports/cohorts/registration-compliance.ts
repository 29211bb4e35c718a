import { ComplianceCounter, NOT_JUDGED, type ComplianceFigures } from '../figures/compliance.js';
import type { ComplaintFact } from '../facts.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import type { Aggregator, ReportFrame } from '../report-frame.js';
import { registrationCases } from './cases.js';
import { PolicyVersions, type RuledBy } from './policy-versions.js';

/** Cohort: complaints received in the period. `officer` is who recorded them. */
export function registrationCompliance(
  frame: ReportFrame,
): Aggregator<ComplaintFact, GroupedFigures<ComplianceFigures> & RuledBy> {
  const groups = new Groups(frame, () => new ComplianceCounter());
  const policies = new PolicyVersions();
  const casesOf = registrationCases(frame);
  return {
    add: (complaint) => {
      for (const { subject, then, policyVersion } of casesOf(complaint)) {
        policies.add(policyVersion);
        groups.count(subject, (counter) => {
          counter.add(then ?? NOT_JUDGED);
        });
      }
    },
    finish: () => ({ ...groups.finish((counter) => counter.figures()), ...policies.figures() }),
  };
}
