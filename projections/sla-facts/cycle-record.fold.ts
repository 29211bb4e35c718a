import {
  continueCycle,
  firstCycle,
  nextCycle,
  type FollowingFact,
  type RecordedFact,
} from '#libs/service-time/index.js';
import { NOT_JUDGED } from './judge-cycle.fold.js';
import type { CycleRecord, Stay } from './sla-facts.document.js';

type Of<Type> = RecordedFact & { readonly type: Type };

/** Everything of a new cycle that is not the same in each. */
type Beginning = Pick<CycleRecord, 'cycle' | 'startedAt' | 'callTree' | 'category' | 'priority' | 'facts'>;

function begun(beginning: Beginning): CycleRecord {
  return {
    ...beginning,
    ...NOT_JUDGED,
    team: null,
    resolvedAt: null,
    acceptedAt: null,
    resolvedBy: null,
    onTheSpot: false,
    withdrawnAt: null,
    stays: [{ team: null, from: beginning.startedAt, to: null, endedBy: null }],
  };
}

export function recordOfFirst(fact: Of<'ComplaintReceived'>): CycleRecord {
  const { receivedAt, callTree, category, priority } = fact.data;
  const facts = firstCycle(fact);
  return begun({ cycle: 1, startedAt: receivedAt, callTree, category: category ?? null, priority, facts });
}

export function recordOfNext(previous: CycleRecord, fact: Of<'ComplaintReopened'>): CycleRecord {
  const { callTree, category, priority } = previous;
  return begun({
    cycle: fact.data.cycle,
    startedAt: fact.metadata.occurredAt,
    callTree,
    category,
    priority,
    facts: nextCycle(previous.facts, fact),
  });
}

export function continueRecord(before: CycleRecord, fact: FollowingFact): CycleRecord {
  const record = { ...before, facts: continueCycle(before.facts, fact) };
  const { occurredAt, actor } = fact.metadata;
  switch (fact.type) {
    case 'ComplaintCategorised':
      return {
        ...record,
        callTree: fact.data.callTree ?? record.callTree,
        category: fact.data.category ?? record.category,
      };
    case 'PriorityChanged':
      return { ...record, priority: fact.data.priority };
    case 'ComplaintRouted': {
      const { team } = fact.data;
      return { ...record, team, stays: begin(end(record.stays, occurredAt, 'routed'), team, occurredAt) };
    }
    case 'ComplaintResolved':
      return {
        ...record,
        category: fact.data.category ?? record.category,
        resolvedBy: actor.sub,
        onTheSpot: fact.data.onTheSpot,
        stays: end(record.stays, occurredAt, 'resolved'),
      };
    case 'ResolutionConfirmed':
      return { ...record, resolvedAt: enteredAt(record), acceptedAt: occurredAt };
    case 'ResolutionRejected':
      return {
        ...record,
        resolvedBy: null,
        onTheSpot: false,
        stays: begin(record.stays, record.team, occurredAt),
      };
    case 'ComplaintWithdrawn':
      return { ...record, withdrawnAt: occurredAt, stays: end(record.stays, occurredAt, 'withdrawn') };
    case 'ActivityOpened':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
    case 'ClockPaused':
    case 'ClockResumed':
    case 'ComplaintEscalated':
    case 'ComplaintClosed':
    case 'SurveyAttempted':
    case 'SatisfactionSurveyed':
      return record;
  }
}

function enteredAt({ facts }: CycleRecord): string | null {
  const last = facts.resolutions.at(-1);
  return last === undefined ? null : new Date(last.at).toISOString();
}

function end(stays: readonly Stay[], at: string, endedBy: Stay['endedBy']): readonly Stay[] {
  const last = stays.at(-1);
  if (last === undefined || last.to !== null) return stays;
  return [...stays.slice(0, -1), { ...last, to: at, endedBy }];
}

function begin(stays: readonly Stay[], team: string | null, at: string): readonly Stay[] {
  return [...stays, { team, from: at, to: null, endedBy: null }];
}
