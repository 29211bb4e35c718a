import { BusinessCalendar } from '../calendar/business-calendar.js';
import { Instant } from '../instant.js';
import { CompiledPolicy, RuledTarget } from '../policy/compile-policy.js';
import { ClockInput, EventRef } from './clock-input.js';
import { judgeClock } from './compute-clock.js';
import { CycleFacts, FactMoment, Placement, ResolutionFact } from './cycle-facts.js';

/** A target that ruled the cycle for a while. The newest rules it from its start; earlier ones stay on record. */
export interface TargetChange {
  readonly at: Instant;
  readonly by: EventRef | null;
  readonly callTree: string;
  readonly priority: string;
  /** The policy's line that applied; null if none did. */
  readonly ruled: RuledTarget | null;
  /** When the cycle was due under this target, counted from the cycle's start. */
  readonly due: Instant | null;
  /** Whether that moment passed while this target ruled: a breach then stays a fact now. */
  readonly passed: boolean;
}

export type PathOfNode = (callTree: string) => readonly string[];

/** How the resolution ended: accepted for good, provisionally by a result still to be checked, or not at all. */
export interface ResolutionEnd {
  readonly how: 'accepted' | 'awaiting-approval' | 'withdrawn' | 'open';
  readonly moment?: FactMoment;
}

export function resolutionEnd(facts: CycleFacts): ResolutionEnd {
  const accepted = acceptedResolution(facts);
  if (accepted !== undefined) return { how: 'accepted', moment: accepted };
  if (facts.withdrawn !== undefined) return { how: 'withdrawn', moment: facts.withdrawn };
  const last = facts.resolutions.at(-1);
  return last?.verdict === 'pending' ? { how: 'awaiting-approval', moment: last } : { how: 'open' };
}

export function acceptedResolution(facts: CycleFacts): ResolutionFact | undefined {
  return facts.resolutions.findLast((resolution) => resolution.verdict === 'accepted');
}

/** The placement whose target rules: the last one up to the acceptance. Moving a settled complaint changes nothing. */
function rulingPlacements(facts: CycleFacts): readonly Placement[] {
  const accepted = acceptedResolution(facts);
  const until = accepted?.decided?.at ?? accepted?.at;
  if (until === undefined) return facts.placements;
  const ruling = facts.placements.filter((placement, index) => index === 0 || placement.at <= until);
  return ruling;
}

/** The target of the node and priority that the complaint stands at; null where the policy has none for them. */
export function ruledTarget(
  facts: CycleFacts,
  policy: CompiledPolicy,
  pathOfNode: PathOfNode,
): RuledTarget | null {
  const placement = rulingPlacements(facts).at(-1);
  if (placement === undefined) return null;
  return policy.resolutionTarget(pathOfNode(placement.callTree), placement.priority);
}

export interface ResolutionClock {
  readonly input: ClockInput;
  readonly ruled: RuledTarget | null;
}

export function resolutionClock(
  facts: CycleFacts,
  policy: CompiledPolicy,
  pathOfNode: PathOfNode,
  calendar: BusinessCalendar,
  now: Instant,
): ResolutionClock {
  const ruled = ruledTarget(facts, policy, pathOfNode);
  const end = resolutionEnd(facts);
  return {
    ruled,
    input: {
      kind: 'business',
      calendar,
      start: facts.started.at,
      startedBy: facts.started.by,
      stop: end.moment?.at,
      stoppedBy: end.moment?.by,
      pauses: facts.pauses,
      target: ruled?.target,
      now,
    },
  };
}

export function targetChanges(
  facts: CycleFacts,
  policy: CompiledPolicy,
  pathOfNode: PathOfNode,
  clock: ClockInput,
): TargetChange[] {
  const placements = rulingPlacements(facts);
  return placements.map((placement, index) => {
    const ruled = policy.resolutionTarget(pathOfNode(placement.callTree), placement.priority);
    const { due } = judgeClock({ ...clock, target: ruled?.target });
    const until = Math.min(placements[index + 1]?.at ?? Infinity, clock.stop ?? clock.now);
    return {
      at: placement.at,
      by: placement.by ?? null,
      callTree: placement.callTree,
      priority: placement.priority,
      ruled,
      due,
      passed: due !== null && due < until,
    };
  });
}
