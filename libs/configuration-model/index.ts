/** The configuration as a pure fold of its events: call tree, categories, teams, calendars, SLA policies. */
export {
  EMPTY_CONFIGURATION,
  type ConfigurationModel,
  type Definitions,
  type PublishedPolicy,
  type Version,
} from './configuration-model.js';
export { CONFIGURATION_PREFIXES, evolveConfiguration } from './evolve-configuration.js';
export { compiledCalendar, compiledPolicy } from './compiled.js';
export {
  calendar,
  calendarVersion,
  DEFAULT_CALENDAR,
  nodePath,
  policyInForceAt,
  rulesInForceAt,
  subtreeOf,
  type RulesInForce,
} from './look-ups.js';
