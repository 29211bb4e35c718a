import { BusinessCalendar } from '../calendar/business-calendar.js';
import { Instant } from '../instant.js';
import { CompiledPolicy, RuledTarget } from '../policy/compile-policy.js';
import { ClockInput } from './clock-input.js';
import { ClockReading, ClockVerdict, computeClock, judgeClock } from './compute-clock.js';
import { CycleFacts, FactMoment } from './cycle-facts.js';
import { EscalationMoment, escalationMoments, nextEscalationMoment } from './escalation-moments.js';
import {
  acceptedResolution,
  PathOfNode,
  ResolutionEnd,
  resolutionClock,
  resolutionEnd,
  TargetChange,
  targetChanges,
} from './resolution-clock.js';

export interface CycleVerdicts {
  readonly cycle: number;
  /** Contact to receipt in wall time; only the first cycle has one. */
  readonly registration: ClockVerdict | null;
  readonly resolution: ResolutionVerdict;
  /** From the result that stands to its confirmation; null before there is one. */
  readonly approval: ClockVerdict | null;
  /** From closing to the survey; null before the closing. */
  readonly survey: ClockVerdict | null;
}

export interface ResolutionVerdict extends ClockVerdict {
  readonly ruled: RuledTarget | null;
}

export interface ResolutionReading extends ClockReading {
  readonly ruled: RuledTarget | null;
  readonly targets: readonly TargetChange[];
  readonly escalations: readonly EscalationMoment[];
}

export interface CycleClocks {
  readonly cycle: number;
  readonly registration: ClockReading | null;
  readonly resolution: ResolutionReading;
  readonly approval: ClockReading | null;
  readonly survey: ClockReading | null;
}

export interface CycleRules {
  /** The version in force when the cycle began. */
  readonly policy: CompiledPolicy;
  readonly pathOfNode: PathOfNode;
  readonly calendar: BusinessCalendar;
}

/** Every clock of a cycle, with ledgers, targets and escalation moments: what one complaint's page shows. */
export function clocksOfCycle(facts: CycleFacts, rules: CycleRules, now: Instant): CycleClocks {
  const { policy, pathOfNode, calendar } = rules;
  const { input, ruled } = resolutionClock(facts, policy, pathOfNode, calendar, now);
  const end = resolutionEnd(facts);
  const registration = registrationClock(facts, policy, now);
  const approval = approvalClock(facts, rules, now);
  const survey = surveyClock(facts, rules, now);
  return {
    cycle: facts.cycle,
    registration: registration === null ? null : computeClock(registration),
    resolution: {
      ...settle(computeClock(input), end),
      ruled,
      targets: targetChanges(facts, policy, pathOfNode, input),
      escalations: escalationMoments(input, policy.escalation),
    },
    approval: approval === null ? null : computeClock(approval),
    survey: survey === null ? null : cutShort(computeClock(survey), facts),
  };
}

/** The same verdicts without the accounts, for reports, worklists and what-if over many complaints. */
export function verdictsOfCycle(facts: CycleFacts, rules: CycleRules, now: Instant): CycleVerdicts {
  return {
    cycle: facts.cycle,
    registration: verdictOf.registration(facts, rules, now),
    resolution: verdictOf.resolution(facts, rules, now),
    approval: verdictOf.approval(facts, rules, now),
    survey: verdictOf.survey(facts, rules, now),
  };
}

type VerdictsByClock = Omit<CycleVerdicts, 'cycle'>;

/** One clock at a time, for who needs only those that are still undecided. */
export const verdictOf: {
  readonly [Clock in keyof VerdictsByClock]: (
    facts: CycleFacts,
    rules: CycleRules,
    now: Instant,
  ) => VerdictsByClock[Clock];
} = {
  registration: (facts, { policy }, now) => {
    const clock = registrationClock(facts, policy, now);
    return clock === null ? null : judgeClock(clock);
  },
  resolution: (facts, { policy, pathOfNode, calendar }, now) => {
    const { input, ruled } = resolutionClock(facts, policy, pathOfNode, calendar, now);
    return { ...settle(judgeClock(input), resolutionEnd(facts)), ruled };
  },
  approval: (facts, rules, now) => {
    const clock = approvalClock(facts, rules, now);
    return clock === null ? null : judgeClock(clock);
  },
  survey: (facts, rules, now) => {
    const clock = surveyClock(facts, rules, now);
    return clock === null ? null : cutShort(judgeClock(clock), facts);
  },
};

/** The first level above one that was reached already; undefined when there is none, or none that can be told yet. */
export function nextEscalationOfCycle(
  facts: CycleFacts,
  rules: CycleRules,
  now: Instant,
  reached: number,
): EscalationMoment | undefined {
  const { input } = resolutionClock(facts, rules.policy, rules.pathOfNode, rules.calendar, now);
  return nextEscalationMoment(
    input,
    rules.policy.escalation.filter(({ level }) => level > reached),
  );
}

/** Escalation moments of the cycle's resolution clock: none once it is withdrawn, and none ahead while it is stopped. */
export function escalationsOfCycle(facts: CycleFacts, rules: CycleRules, now: Instant): EscalationMoment[] {
  const { input } = resolutionClock(facts, rules.policy, rules.pathOfNode, rules.calendar, now);
  return escalationMoments(input, rules.policy.escalation);
}

function approvalClock(facts: CycleFacts, { policy, calendar }: CycleRules, now: Instant): ClockInput | null {
  const result = acceptedResolution(facts) ?? pendingResult(facts);
  return result === undefined ? null : businessClock(calendar, result, result.decided, policy.approval, now);
}

function surveyClock(facts: CycleFacts, { policy, calendar }: CycleRules, now: Instant): ClockInput | null {
  const end = facts.surveyed ?? facts.reopened;
  return facts.closed === undefined ? null : businessClock(calendar, facts.closed, end, policy.survey, now);
}

function pendingResult(facts: CycleFacts): CycleFacts['resolutions'][number] | undefined {
  const last = facts.resolutions.at(-1);
  return last?.verdict === 'pending' && facts.withdrawn === undefined ? last : undefined;
}

function registrationClock(facts: CycleFacts, policy: CompiledPolicy, now: Instant): ClockInput | null {
  if (facts.contactedAt === undefined || facts.receivedAt === undefined) return null;
  return {
    kind: 'wall',
    start: facts.contactedAt,
    startedBy: facts.receivedAt.by,
    stop: facts.receivedAt.at,
    stoppedBy: facts.receivedAt.by,
    target: policy.registrationTarget(facts.channel) ?? undefined,
    now,
  };
}

function businessClock(
  calendar: BusinessCalendar,
  from: FactMoment,
  to: FactMoment | undefined,
  target: number | null,
  now: Instant,
): ClockInput {
  return {
    kind: 'business',
    calendar,
    start: from.at,
    startedBy: from.by,
    stop: to?.at,
    stoppedBy: to?.by,
    target: target ?? undefined,
    now,
  };
}

/** A result that is still to be checked stops the clock provisionally; a withdrawal ends it without a verdict. */
function settle<C extends ClockVerdict>(clock: C, end: ResolutionEnd): C {
  if (end.how === 'awaiting-approval') {
    return { ...clock, status: 'awaiting-approval', compliant: clock.late ? false : null };
  }
  return end.how === 'withdrawn' ? abandoned(clock) : clock;
}

/** A complaint that was re-opened before its survey is surveyed in its next cycle. */
function cutShort<C extends ClockVerdict>(clock: C, facts: CycleFacts): C {
  return facts.surveyed === undefined && facts.reopened !== undefined ? abandoned(clock) : clock;
}

function abandoned<C extends ClockVerdict>(clock: C): C {
  return { ...clock, status: 'abandoned', compliant: clock.late ? false : null };
}
