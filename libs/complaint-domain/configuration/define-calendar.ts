import type { CalendarData } from '#libs/event-contracts/index.js';
import { type ConfigurationDecision, type ConfigurationEnvelope, define } from './configuration-command.js';
import type { InputProblem } from '../decision/rejection.js';
import { codeProblem, namesProblem, sameDefinition, trimmedNames } from './definition-rules.js';
import { firstOrAll } from '../decision/rejection.js';
import { malformed } from './malformed.js';

/**
 * `definition` is whole, public holidays already frozen into it; `problems` is what the service-time rules found
 * in it (hours, zone, dates), which the shell asks for.
 */
export function defineCalendar(
  definition: CalendarData,
  envelope: ConfigurationEnvelope,
  context: { readonly current?: CalendarData; readonly problems?: readonly InputProblem[] },
): ConfigurationDecision {
  return define(
    envelope,
    () =>
      firstOrAll([codeProblem(definition.code), namesProblem(definition.names), malformed(context.problems)]),
    () => {
      const data = { ...definition, names: trimmedNames(definition.names) };
      return sameDefinition(context.current, data) ? undefined : { type: 'CalendarDefined', data };
    },
  );
}
