import type { ComplaintEvent, RecordedEvent } from '#libs/event-contracts/index.js';
import { instantOf } from '../instant.js';
import type { EventRef, Pause } from './clock-input.js';
import type { CycleFacts, FactMoment, ResolutionFact } from './cycle-facts.js';

export type RecordedFact = RecordedEvent & ComplaintEvent;
export type FollowingFact = Exclude<
  RecordedFact,
  { readonly type: 'ComplaintReceived' | 'ComplaintReopened' }
>;
type Of<Type> = RecordedFact & { readonly type: Type };

export function refOf({ eventId, type, revision }: RecordedFact): EventRef {
  return { id: eventId, type, revision };
}

export function momentOf(fact: RecordedFact): FactMoment {
  return { at: instantOf(fact.metadata.occurredAt), by: refOf(fact) };
}

/** The complaint's current cycle after one more event; undefined before its reception. */
export function foldCycleFacts(facts: CycleFacts | undefined, fact: RecordedFact): CycleFacts | undefined {
  if (fact.type === 'ComplaintReceived') return facts ?? firstCycle(fact);
  if (facts === undefined) return undefined;
  return fact.type === 'ComplaintReopened' ? nextCycle(facts, fact) : continueCycle(facts, fact);
}

/** Named although there is nothing in them, so that all cycles have their fields in one order, whatever happens first. */
const NOTHING_YET = {
  pauses: [],
  resolutions: [],
  closed: undefined,
  surveyed: undefined,
  withdrawn: undefined,
  reopened: undefined,
} satisfies Partial<CycleFacts>;

export function firstCycle(fact: Of<'ComplaintReceived'>): CycleFacts {
  const { data } = fact;
  const received = { at: instantOf(data.receivedAt), by: refOf(fact) };
  return {
    cycle: 1,
    channel: data.channel,
    contactedAt: instantOf(data.contactedAt),
    receivedAt: received,
    started: received,
    placements: [{ ...received, callTree: data.callTree, priority: data.priority }],
    ...NOTHING_YET,
  };
}

/** A new cycle begins with a clean slate but where the complaint stands. */
export function nextCycle(previous: CycleFacts, fact: Of<'ComplaintReopened'>): CycleFacts {
  const started = momentOf(fact);
  const { callTree, priority } = standing(previous);
  return {
    cycle: fact.data.cycle,
    channel: previous.channel,
    started,
    placements: [{ ...started, callTree, priority }],
    ...NOTHING_YET,
  };
}

export function continueCycle(facts: CycleFacts, fact: FollowingFact): CycleFacts {
  switch (fact.type) {
    case 'ComplaintCategorised':
      return placed(facts, fact, { callTree: fact.data.callTree });
    case 'PriorityChanged':
      return placed(facts, fact, { priority: fact.data.priority });
    case 'ClockPaused': {
      const { at, by } = momentOf(fact);
      return { ...facts, pauses: [...facts.pauses, { from: at, pausedBy: by }] };
    }
    case 'ClockResumed':
      return resumed(facts, fact);
    case 'ComplaintResolved': {
      const { at, by } = momentOf(fact);
      const resolutions: ResolutionFact[] = [...facts.resolutions, { at, by, verdict: 'pending' }];
      return { ...resumed(facts, fact), resolutions };
    }
    case 'ResolutionConfirmed':
      return decided(facts, fact, 'accepted');
    case 'ResolutionRejected':
      return decided(facts, fact, 'rejected');
    case 'ComplaintClosed':
      return { ...facts, closed: momentOf(fact) };
    case 'ComplaintWithdrawn':
      return { ...resumed(facts, fact), withdrawn: momentOf(fact) };
    case 'SurveyAttempted':
      return fact.data.unreached ? { ...facts, surveyed: momentOf(fact) } : facts;
    case 'SatisfactionSurveyed':
      return { ...facts, surveyed: momentOf(fact) };
    case 'ComplaintRouted':
    case 'ActivityOpened':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
    case 'ComplaintEscalated':
      return facts;
  }
}

function standing(facts: CycleFacts): { callTree: string; priority: string } {
  const { callTree = '', priority = '' } = facts.placements.at(-1) ?? {};
  return { callTree, priority };
}

function placed(
  facts: CycleFacts,
  fact: RecordedFact,
  change: { readonly callTree?: string; readonly priority?: string },
): CycleFacts {
  const now = standing(facts);
  const { callTree = now.callTree, priority = now.priority } = change;
  if (callTree === now.callTree && priority === now.priority) return facts;
  return { ...facts, placements: [...facts.placements, { ...momentOf(fact), callTree, priority }] };
}

/** A result and a withdrawal end a pause, too: there is nothing left to wait for. */
function resumed(facts: CycleFacts, fact: RecordedFact): CycleFacts {
  const last: Pause | undefined = facts.pauses.at(-1);
  if (last === undefined || last.to !== undefined) return facts;
  const { at, by } = momentOf(fact);
  return { ...facts, pauses: [...facts.pauses.slice(0, -1), { ...last, to: at, resumedBy: by }] };
}

function decided(facts: CycleFacts, fact: RecordedFact, verdict: 'accepted' | 'rejected'): CycleFacts {
  const last = facts.resolutions.at(-1);
  if (last === undefined) return facts;
  const resolutions = [...facts.resolutions.slice(0, -1), { ...last, verdict, decided: momentOf(fact) }];
  return { ...facts, resolutions };
}
