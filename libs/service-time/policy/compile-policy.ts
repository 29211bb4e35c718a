import { durationOf } from '../duration/parse-duration.js';
import { EscalationAt, parseEscalationAt } from './escalation-at.js';
import { SlaPolicyDefinition } from './policy-definition.js';

export interface CompiledLevel {
  readonly level: number;
  readonly at: EscalationAt;
  /** The policy's own words, e.g. "80%". */
  readonly text: string;
  readonly notify: readonly string[];
}

/** The target and the line of the policy that gave it: the node it hangs on, and its priority if it names one. */
export interface RuledTarget {
  readonly target: number;
  readonly callTree: string;
  readonly priority: string | null;
}

export interface CompiledPolicy {
  readonly calendar: string;
  registrationTarget(channel: string): number | null;
  /** @param path the complaint's node first, then its ancestors up to the root */
  resolutionTarget(path: readonly string[], priority: string): RuledTarget | null;
  readonly approval: number | null;
  readonly survey: number | null;
  readonly escalation: readonly CompiledLevel[];
  readonly reopenWindow: number;
  readonly surveyAttempts: number;
}

const ANY_PRIORITY = '*';

/** Parses a validated policy once, so that judging many complaints is look-ups only. @throws RangeError if it is not valid */
export function compilePolicy(definition: SlaPolicyDefinition): CompiledPolicy {
  const byNode = new Map<string, Map<string, RuledTarget>>();
  for (const { callTree, priority, target } of definition.resolution) {
    const rules = byNode.get(callTree) ?? new Map<string, RuledTarget>();
    const rule = { target: durationOf(target), callTree, priority: priority ?? null };
    rules.set(priority ?? ANY_PRIORITY, rule);
    byNode.set(callTree, rules);
  }
  const registration = new Map(
    Object.entries(definition.registration).map(([channel, target]) => [channel, durationOf(target)]),
  );
  return {
    calendar: definition.calendar,
    registrationTarget: (channel) => registration.get(channel) ?? null,
    resolutionTarget: (path, priority) => nearest(byNode, path, priority),
    approval: definition.approval === undefined ? null : durationOf(definition.approval),
    survey: definition.survey === undefined ? null : durationOf(definition.survey),
    escalation: definition.escalation.map(({ level, at, notify }) => {
      const parsed = parseEscalationAt(at);
      if (!parsed.ok) throw new RangeError(parsed.reason);
      return { level, at: parsed.at, text: at, notify };
    }),
    reopenWindow: durationOf(definition.reopenWindow),
    surveyAttempts: definition.surveyAttempts,
  };
}

/**
 * The nearest node that says anything about the priority rules: first its line for this very priority, then its line for
 * any. A line with the priority further up loses to a line for any priority nearer to the complaint.
 */
function nearest(
  byNode: ReadonlyMap<string, ReadonlyMap<string, RuledTarget>>,
  path: readonly string[],
  priority: string,
): RuledTarget | null {
  for (const node of path) {
    const rules = byNode.get(node);
    const rule = rules?.get(priority) ?? rules?.get(ANY_PRIORITY);
    if (rule !== undefined) return rule;
  }
  return null;
}
