import type { Summary } from '#libs/service-time/index.js';
import type { EscalatedComplaintFact } from '../facts.js';
import { Values } from '../figures/values.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import { isWithin, type Aggregator, type ReportFrame } from '../report-frame.js';
import { PolicyVersions, type RuledBy } from './policy-versions.js';

export interface EscalationFigures {
  /** Escalations; a complaint may have one per level and cycle. */
  readonly n: number;
  readonly complaints: number;
  readonly byLevel: Readonly<Record<string, number>>;
  /** Wall seconds between the moment a level was reached and the system's acting on it. */
  readonly lateBy: Summary;
}

class EscalationCounter {
  n = 0;
  complaints = 0;
  private lastComplaint: EscalatedComplaintFact | undefined;
  private readonly byLevel = new Map<number, number>();
  private readonly lateBy = new Values();

  add(complaint: EscalatedComplaintFact, level: number, lateBySeconds: number): void {
    this.n += 1;
    // Complaints come one after the other, so remembering the last one is enough to count each once.
    if (this.lastComplaint !== complaint) this.complaints += 1;
    this.lastComplaint = complaint;
    this.byLevel.set(level, (this.byLevel.get(level) ?? 0) + 1);
    this.lateBy.add(lateBySeconds);
  }

  figures(): EscalationFigures {
    const levels = [...this.byLevel]
      .sort(([a], [b]) => a - b)
      .map(([level, n]) => [String(level), n] as const);
    return {
      n: this.n,
      complaints: this.complaints,
      byLevel: Object.fromEntries(levels),
      lateBy: this.lateBy.summary(),
    };
  }
}

/** Cohort: escalations that happened in the period, with node and team as they stood then. */
export function escalations(
  frame: ReportFrame,
): Aggregator<EscalatedComplaintFact, GroupedFigures<EscalationFigures> & RuledBy> {
  const groups = new Groups(frame, () => new EscalationCounter());
  const policies = new PolicyVersions();
  return {
    add: (complaint) => {
      const { channel, project } = complaint;
      for (const escalation of complaint.escalations) {
        if (!isWithin(frame, escalation.occurredAt)) continue;
        policies.add(escalation.policyVersion);
        const subject = { ...escalation, channel, project, officer: null, moment: escalation.occurredAt };
        groups.count(subject, (counter) => {
          counter.add(complaint, escalation.level, escalation.lateBySeconds);
        });
      }
    },
    finish: () => ({ ...groups.finish((counter) => counter.figures()), ...policies.figures() }),
  };
}
