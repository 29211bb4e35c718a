import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import { ProblemError } from '#libs/http/index.js';
import { compilePolicy, validatePolicy, type SlaPolicyDefinition } from '#libs/service-time/index.js';
import { givenCalendar } from '../../configuration/given-calendar.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { rulesInstead, type RulesOf } from '../judge-by.js';
import type { WhatIfRequest } from './what-if.query.js';

/**
 * The rules of a draft, found good by the same checks as when it is published.
 * @throws ProblemError
 */
export function draftRules(
  { policy, calendar }: Pick<WhatIfRequest, 'policy' | 'calendar'>,
  configuration: ConfigurationModel,
  now: Date,
): RulesOf {
  if (policy === undefined && calendar === undefined) {
    throw wrongParameter('/policy', 'Give a draft policy, a calendar, or both.');
  }
  const open = calendar === undefined ? undefined : givenCalendar(calendar, configuration, now);
  if (policy !== undefined) refuseBad(policy, configuration, open !== undefined);
  return rulesInstead(configuration, {
    ...(policy && calendarOf(policy, configuration, now)),
    ...(open && { calendar: open }),
  });
}

function calendarOf(policy: SlaPolicyDefinition, configuration: ConfigurationModel, now: Date) {
  const isKnown = configuration.calendars.newest.has(policy.calendar);
  return {
    policy: compilePolicy(policy),
    ...(isKnown && { calendar: givenCalendar(policy.calendar, configuration, now) }),
  };
}

function refuseBad(
  policy: SlaPolicyDefinition,
  configuration: ConfigurationModel,
  hasCalendarBeside: boolean,
): void {
  const calendars = new Set(configuration.calendars.newest.keys());
  // The calendar beside it stands in for the one it names, which may be yet to be defined.
  if (hasCalendarBeside) calendars.add(policy.calendar);
  const problems = validatePolicy(policy, { nodes: configuration.callTree.newest, calendars });
  if (problems.length === 0) return;
  throw new ProblemError('invalid-input', {
    detail: 'The policy must be corrected; see errors.',
    errors: problems.map(({ pointer, detail }) => ({ pointer: `/policy${pointer}`, detail })),
  });
}
