import type { Summary } from '#libs/service-time/index.js';
import type { ComplaintFact, CycleFact, StayFact } from '../facts.js';
import { Values } from '../figures/values.js';
import { Groups, type GroupedFigures } from '../grouping/groups.js';
import { endOf, isWithin, lastMomentOf, type Aggregator, type ReportFrame } from '../report-frame.js';
import { isAwaitingApprovalAt, isOpenAt, isOpenLateAt, teamAt } from './open-at.js';

const DAY = 86_400_000;

/** Days since the cycle began; each reaches up to, not including, the next. */
export const AGEING_DAYS = [0, 1, 3, 7, 14, 30] as const;

export interface WorkloadFigures {
  /** Without an accepted result at the end of the period, by the team that had it last; withdrawn ones are not open. */
  readonly open: number;
  /** Those of `open` that the team has entered a result for, which is still to be checked. */
  readonly awaitingApproval: number;
  /** Those of `open` that are past due, the same that resolution compliance counts. */
  readonly openLate: number;
  /** `open` by age: "0-1", "1-3", … "30+" days of wall time since the cycle began. */
  readonly ageing: Readonly<Record<string, number>>;
  /** In the period: came to the team, were resolved by it, passed on by it, withdrawn from it. */
  readonly arrived: number;
  readonly resolved: number;
  readonly passedOn: number;
  readonly withdrawn: number;
  /** Wall seconds with the team, of the stays that ended in the period. */
  readonly stay: Summary;
}

const ENDINGS = { resolved: 'resolved', routed: 'passedOn', withdrawn: 'withdrawn' } as const;

class WorkloadCounter {
  arrived = 0;
  readonly ended = { resolved: 0, passedOn: 0, withdrawn: 0 };
  readonly seconds = new Values();
  awaitingApproval = 0;
  openLate = 0;
  private readonly ageing = AGEING_DAYS.map(() => 0);

  open(ageDays: number): void {
    const bucket = AGEING_DAYS.findLastIndex((days) => ageDays >= days);
    this.ageing[bucket] = (this.ageing[bucket] ?? 0) + 1;
  }

  figures(): WorkloadFigures {
    return {
      open: this.ageing.reduce((sum, count) => sum + count, 0),
      awaitingApproval: this.awaitingApproval,
      openLate: this.openLate,
      ageing: Object.fromEntries(this.ageing.map((count, index) => [bucketName(index), count])),
      arrived: this.arrived,
      ...this.ended,
      stay: this.seconds.summary(),
    };
  }
}

function bucketName(index: number): string {
  const next = AGEING_DAYS[index + 1];
  const from = AGEING_DAYS[index] ?? 0;
  return next === undefined ? `${from}+` : `${from}-${next}`;
}

/** Counts times during which a team had a complaint; "(none)" is call management before routing. */
export function workload(frame: ReportFrame): Aggregator<ComplaintFact, GroupedFigures<WorkloadFigures>> {
  const groups = new Groups(frame, () => new WorkloadCounter());
  const end = endOf(frame);
  const lastMoment = lastMomentOf(frame);

  function addOpen({ channel, project }: ComplaintFact, cycle: CycleFact): void {
    if (!isOpenAt(cycle, end)) return;
    const about = { ...cycle, channel, project, team: teamAt(cycle, end), officer: null };
    groups.count({ ...about, moment: lastMoment }, (counter) => {
      counter.open((Date.parse(end) - Date.parse(cycle.startedAt)) / DAY);
      if (isAwaitingApprovalAt(cycle, end)) counter.awaitingApproval += 1;
      if (isOpenLateAt(cycle, cycle.resolution?.due ?? null, end)) counter.openLate += 1;
    });
  }

  function addStay({ channel, project }: ComplaintFact, cycle: CycleFact, stay: StayFact): void {
    const about = { ...cycle, channel, project, team: stay.team, officer: null };
    const count = (moment: string, into: (counter: WorkloadCounter) => void): void => {
      groups.count({ ...about, moment }, into);
    };
    if (isWithin(frame, stay.from)) {
      count(stay.from, (counter) => {
        counter.arrived += 1;
      });
    }
    const { to, endedBy } = stay;
    if (isWithin(frame, to) && endedBy !== null) {
      count(to, (counter) => {
        counter.ended[ENDINGS[endedBy]] += 1;
        counter.seconds.add((Date.parse(to) - Date.parse(stay.from)) / 1000);
      });
    }
  }

  return {
    add: (complaint) => {
      for (const cycle of complaint.cycles) {
        for (const stay of cycle.stays) addStay(complaint, cycle, stay);
        addOpen(complaint, cycle);
      }
    },
    finish: () => groups.finish((counter) => counter.figures()),
  };
}
