import type { ComplaintCommandData } from '#libs/complaint-domain/index.js';
import { rulesInForceAt, type ConfigurationModel } from '#libs/configuration-model/index.js';
import type { StreamRevision } from '#libs/event-contracts/index.js';
import {
  escalationsOfCycle,
  toIso,
  verdictsOfCycle,
  type CycleFacts,
  type Instant,
} from '#libs/service-time/index.js';

export type EscalationData = ComplaintCommandData['escalate'];

/** What the log says of a complaint's current cycle. */
export interface CurrentCycle {
  readonly facts: CycleFacts;
  /** Of the last event that this was read from. */
  readonly revision: StreamRevision;
  /** Highest level reached in this cycle, 0 for none. */
  readonly levelReached: number;
  /** Somebody has to resolve it, and its clock is not paused. */
  readonly running: boolean;
  /** While its history is being imported. */
  readonly heldUntil?: Instant;
}

/**
 * The levels whose moments have passed, lowest first, computed from the facts alone and by the rules of the policy
 * version that was in force when the cycle began. A moment has passed strictly after it, as a clock is late strictly
 * after due.
 */
export function escalationsDue(
  { facts, levelReached, running, heldUntil }: Omit<CurrentCycle, 'revision'>,
  configuration: ConfigurationModel,
  now: Instant,
): EscalationData[] {
  const rules = rulesInForceAt(configuration, facts.started.at);
  if (!running || rules === undefined || (heldUntil !== undefined && now < heldUntil)) return [];
  const passed = escalationsOfCycle(facts, rules, now).filter(
    ({ level, at }) => level > levelReached && at < now,
  );
  if (passed.length === 0) return [];
  const { due } = verdictsOfCycle(facts, rules, now).resolution;
  // A clock with levels but without a due moment ends beyond the calendar's horizon: nobody can be late for that.
  if (due === null) return [];
  return passed.map(({ level, at, rule, notify }) => ({
    cycle: facts.cycle,
    level,
    at: rule,
    reachedAt: toIso(at),
    dueAt: toIso(due),
    notify: [...notify],
    policyVersion: rules.policyVersion,
  }));
}
