import {
  calendar,
  compiledPolicy,
  nodePath,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { CycleFact } from '#libs/reports/index.js';
import type { BusinessCalendar, CompiledPolicy, CycleRules } from '#libs/service-time/index.js';

export type RulesOf = (cycle: CycleFact) => CycleRules | undefined;

/**
 * The policy that ruled each cycle and the newest version of its calendar, but for what is put in their place.
 */
export function rulesInstead(
  configuration: ConfigurationModel,
  instead: { readonly policy?: CompiledPolicy; readonly calendar?: BusinessCalendar },
): RulesOf {
  const pathOfNode = (node: string): readonly string[] => nodePath(configuration, node);
  const ruled = new Map(configuration.policies.map(({ version, data }) => [version, data]));
  return (cycle) => {
    const version = (cycle.resolution ?? cycle.registration)?.policyVersion;
    const data = version === undefined ? undefined : ruled.get(version);
    const policy = instead.policy ?? (data && compiledPolicy(data));
    const open = instead.calendar ?? (data && calendar(configuration, data.calendar));
    return policy && open && { policy, calendar: open, pathOfNode };
  };
}
