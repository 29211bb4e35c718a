import {
  rulesInForceAt,
  type ConfigurationModel,
  type RulesInForce,
} from '#libs/configuration-model/index.js';
import {
  nextEscalationOfCycle,
  toIso,
  verdictOf,
  type ClockVerdict,
  type CycleFacts,
  type CycleVerdicts,
  type Instant,
} from '#libs/service-time/index.js';
import type { CycleRecord, JudgedClock, SlaFacts } from './sla-facts.document.js';

type Clocks = Pick<CycleRecord, 'registration' | 'resolution' | 'approval' | 'survey'>;

export const NOT_JUDGED: Clocks = { registration: null, resolution: null, approval: null, survey: null };

/** Judges what is still undecided by the rules of now; a verdict once given stays as it was given. */
export function judgeCycle(before: Clocks, facts: CycleFacts, configuration: ConfigurationModel): Clocks {
  const rules = rulesInForceAt(configuration, facts.started.at);
  if (rules === undefined) return before;
  const now = latestMoment(facts);
  const final = finalIn(facts);
  const keepOr = (name: keyof Clocks): JudgedClock | null => {
    const given = before[name];
    return given?.final === true ? given : judged(verdictOf[name](facts, rules, now), rules, final[name]);
  };
  return {
    registration: keepOr('registration'),
    resolution: keepOr('resolution'),
    approval: keepOr('approval'),
    survey: keepOr('survey'),
  };
}

function finalIn(facts: CycleFacts): Readonly<Record<keyof Clocks, boolean>> {
  const accepted = facts.resolutions.at(-1)?.verdict === 'accepted';
  return {
    registration: true,
    resolution: accepted || facts.withdrawn !== undefined,
    approval: accepted,
    survey: facts.surveyed !== undefined || facts.reopened !== undefined,
  };
}

function judged(
  verdict: ClockVerdict | CycleVerdicts['resolution'] | null,
  rules: RulesInForce,
  final: boolean,
): JudgedClock | null {
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
  const lastResult = resolutions.at(-1);
  const moments = [
    started.at,
    pauses.at(-1)?.to ?? pauses.at(-1)?.from,
    lastResult?.decided?.at ?? lastResult?.at,
    closed?.at,
    surveyed?.at,
    withdrawn?.at,
    reopened?.at,
  ];
  return Math.max(...moments.filter((at) => at !== undefined)) as Instant;
}

/** The next level of a running clock above the one reached; its moment may have passed already. */
export function nextEscalation(
  facts: CycleFacts,
  levelReached: number,
  configuration: ConfigurationModel,
): SlaFacts['nextEscalation'] {
  const rules = rulesInForceAt(configuration, facts.started.at);
  if (rules === undefined) return null;
  const next = nextEscalationOfCycle(facts, rules, latestMoment(facts), levelReached);
  return next === undefined ? null : { level: next.level, at: toIso(next.at) };
}
