import { calendar, type ConfigurationModel } from '#libs/configuration-model/index.js';
import { ProblemError } from '#libs/http/index.js';
import {
  compilePolicy,
  validatePolicy,
  type BusinessCalendar,
  type Instant,
  type SlaPolicyDefinition,
} from '#libs/service-time/index.js';
import { givenCalendar } from '../../configuration/given-calendar.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { rulesInstead, type RulesOf } from '../judge-by.js';
import type { WhatIfRequest } from './what-if.query.js';

/**
 * The rules of a draft, found good by the same checks as when it is published.
 * @throws ProblemError
 */
export function draftRules(
  { policy, calendar: given }: Pick<WhatIfRequest, 'policy' | 'calendar'>,
  configuration: ConfigurationModel,
  now: Instant,
): RulesOf {
  if (policy === undefined && given === undefined) {
    throw wrongParameter('/policy', 'Give a draft policy, a calendar, or both.');
  }
  const open = given === undefined ? undefined : givenCalendar(given, configuration, now);
  if (policy !== undefined) refuseBad(policy, configuration, open, now);
  return rulesInstead(configuration, {
    ...(policy && calendarOf(policy, configuration, now)),
    ...(open && { calendar: open }),
  });
}

function calendarOf(policy: SlaPolicyDefinition, configuration: ConfigurationModel, now: Instant) {
  const isKnown = configuration.calendars.newest.has(policy.calendar);
  return {
    policy: compilePolicy(policy),
    ...(isKnown && { calendar: givenCalendar(policy.calendar, configuration, now) }),
  };
}

/** A calendar beside the policy stands in for the one it names, which may be yet to be defined. */
function refuseBad(
  policy: SlaPolicyDefinition,
  configuration: ConfigurationModel,
  beside: BusinessCalendar | undefined,
  now: Instant,
): void {
  const problems = validatePolicy(policy, {
    nodes: configuration.callTree.newest,
    teams: new Set(configuration.teams.newest.keys()),
    calendar: (code) => beside ?? calendar(configuration, code),
    now,
  });
  if (problems.length === 0) return;
  throw new ProblemError('invalid-input', {
    detail: 'The policy must be corrected; see errors.',
    errors: problems.map(({ pointer, detail }) => ({ pointer: `/policy${pointer}`, detail })),
  });
}
