import type { RulesInForce } from '#libs/configuration-model/index.js';
import {
  nextEscalationOfCycle,
  ruledTarget,
  toIso,
  verdictOf,
  type ClockVerdict,
  type CycleFacts,
  type CycleVerdicts,
  type Instant,
} from '#libs/service-time/index.js';
import type { CycleDraft } from './facts-draft.fold.js';
import type { CycleRecord, JudgedClock, SlaFacts } from './sla-facts.document.js';

type Clocks = Pick<CycleRecord, 'registration' | 'resolution' | 'approval' | 'survey'>;

/** Judges what is still undecided by these rules; a verdict once given stays as it was given. */
export function judgeCycle(record: CycleDraft, rules: RulesInForce): void {
  const { facts } = record;
  const now = latestMoment(facts);
  const accepted = facts.resolutions.at(-1)?.verdict === 'accepted';
  record.registration = judged('registration', record, rules, now, true);
  record.resolution = judged('resolution', record, rules, now, accepted || facts.withdrawn !== undefined);
  record.approval = judged('approval', record, rules, now, accepted);
  const surveyEnded = facts.surveyed !== undefined || facts.reopened !== undefined;
  record.survey = judged('survey', record, rules, now, surveyEnded);
}

/**
 * Whether judging the same facts again by these rules would come to what is there already: what a verdict depends on
 * besides the facts are target, policy and calendar, and each verdict says which ones it was given by.
 */
export function isJudgedBy(
  { registration, resolution, approval, survey, facts }: Clocks & Pick<CycleRecord, 'facts'>,
  rules: RulesInForce,
): boolean {
  if (resolution === null || resolution.final) return false;
  const ruled = ruledTarget(facts, rules.policy, rules.pathOfNode);
  return (
    resolution.target === (ruled?.target ?? null) &&
    [registration, resolution, approval, survey].every(
      (clock) => clock === null || clock.final || isOf(clock, rules),
    )
  );
}

function isOf({ policyVersion, calendar, calendarVersion }: JudgedClock, rules: RulesInForce): boolean {
  return (
    policyVersion === rules.policyVersion &&
    calendar === rules.calendarCode &&
    calendarVersion === rules.calendarVersion
  );
}

function judged(
  name: keyof Clocks,
  { facts, [name]: given }: CycleDraft,
  rules: RulesInForce,
  now: Instant,
  final: boolean,
): JudgedClock | null {
  if (given?.final === true) return given;
  const verdict: ClockVerdict | CycleVerdicts['resolution'] | null = verdictOf[name](facts, rules, now);
  if (verdict === null) return null;
  const { kind, target, start, stop, due, dueUnknown, elapsed, compliant } = verdict;
  const business = kind === 'business';
  return {
    kind,
    target,
    start: toIso(start),
    stop: stop === null ? null : toIso(stop),
    due: due === null ? null : toIso(due),
    dueUnknown,
    elapsed: stop === null ? null : elapsed,
    // A clock without an end is late by the time of day, not by a fact: whoever reads compares `due` with now.
    compliant: stop === null ? null : compliant,
    final,
    policyVersion: rules.policyVersion,
    calendar: business ? rules.calendarCode : null,
    calendarVersion: business ? rules.calendarVersion : null,
  };
}

/** The clock needs some "now"; any at or after the last fact gives the same due moments. */
function latestMoment(facts: CycleFacts): Instant {
  const { started, pauses, resolutions, closed, surveyed, withdrawn, reopened } = facts;
  const lastPause = pauses.at(-1);
  const lastResult = resolutions.at(-1);
  return Math.max(
    started.at,
    lastPause?.to ?? lastPause?.from ?? started.at,
    lastResult?.decided?.at ?? lastResult?.at ?? started.at,
    closed?.at ?? started.at,
    surveyed?.at ?? started.at,
    withdrawn?.at ?? started.at,
    reopened?.at ?? started.at,
  ) as Instant;
}

/** The next level of a running clock above the one reached; its moment may have passed already. */
export function nextEscalation(
  facts: CycleFacts,
  levelReached: number,
  rules: RulesInForce,
): SlaFacts['nextEscalation'] {
  const next = nextEscalationOfCycle(facts, rules, latestMoment(facts), levelReached);
  return next === undefined ? null : { level: next.level, at: toIso(next.at) };
}
