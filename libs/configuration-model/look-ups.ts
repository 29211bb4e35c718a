import type { CalendarData } from '#libs/event-contracts/index.js';
import {
  pathOf,
  policyInForce,
  type BusinessCalendar,
  type CycleRules,
  type Instant,
} from '#libs/service-time/index.js';
import { compiledCalendar, compiledPolicy } from './compiled.js';
import type { ConfigurationModel, PublishedPolicy } from './configuration-model.js';

/** The calendar that policies and reports lean on where nothing else is named. */
export const DEFAULT_CALENDAR = 'default';

/** The version that rules a cycle begun at this moment; undefined before any was published. */
export function policyInForceAt(model: ConfigurationModel, at: Instant): PublishedPolicy | undefined {
  return policyInForce(model.policies, at);
}

/** The newest version of a calendar, ready to compute with. */
export function calendar(model: ConfigurationModel, code: string): BusinessCalendar | undefined {
  const data = model.calendars.newest.get(code);
  return data === undefined ? undefined : compiledCalendar(data);
}

export function calendarVersion(model: ConfigurationModel, code: string): number | undefined {
  return model.calendars.history.get(code)?.at(-1)?.version;
}

/** The node itself, then its ancestors up to the root. A node that was never defined is a path of its own. */
export function nodePath(model: ConfigurationModel, code: string): readonly string[] {
  return pathOf(model.callTree.newest, code);
}

/** The node itself and all below it. */
export function subtreeOf(model: ConfigurationModel, code: string): readonly string[] {
  const below = [...model.callTree.newest.keys()].filter((other) => nodePath(model, other).includes(code));
  return below.includes(code) ? below : [code, ...below];
}

export interface RulesInForce extends CycleRules {
  readonly policyVersion: number;
  readonly calendarCode: string;
  readonly calendarVersion: number;
}

/** Everything that judges a cycle begun at this moment; undefined without a policy or without the calendar it names. */
export function rulesInForceAt(model: ConfigurationModel, cycleStart: Instant): RulesInForce | undefined {
  const policy = policyInForceAt(model, cycleStart);
  if (policy === undefined) return undefined;
  const code = policy.data.calendar;
  const open: CalendarData | undefined = model.calendars.newest.get(code);
  if (open === undefined) return undefined;
  return {
    policy: compiledPolicy(policy.data),
    pathOfNode: (node) => nodePath(model, node),
    calendar: compiledCalendar(open),
    policyVersion: policy.version,
    calendarCode: code,
    calendarVersion: calendarVersion(model, code) ?? 0,
  };
}
