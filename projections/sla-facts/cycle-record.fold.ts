import {
  continueCycle,
  firstCycle,
  nextCycle,
  type CycleFacts,
  type FollowingFact,
  type RecordedFact,
} from '#libs/service-time/index.js';
import { draftOfCycle, type CycleDraft } from './facts-draft.fold.js';
import type { CycleRecord, Stay } from './sla-facts.document.js';

type Of<Type> = RecordedFact & { readonly type: Type };

/** Where a complaint stands when a cycle of it begins. */
type Standing = Pick<CycleRecord, 'callTree' | 'category' | 'priority'>;

function begun(startedAt: string, { callTree, category, priority }: Standing, facts: CycleFacts): CycleDraft {
  return {
    cycle: facts.cycle,
    startedAt,
    team: null,
    callTree,
    category,
    priority,
    resolvedAt: null,
    acceptedAt: null,
    resolvedBy: null,
    onTheSpot: false,
    withdrawnAt: null,
    registration: null,
    resolution: null,
    approval: null,
    survey: null,
    stays: [{ team: null, from: startedAt, to: null, endedBy: null }],
    facts,
  };
}

export function recordOfFirst(fact: Of<'ComplaintReceived'>): CycleDraft {
  const { receivedAt, callTree, category = null, priority } = fact.data;
  return begun(receivedAt, { callTree, category, priority }, firstCycle(fact));
}

export function recordOfNext(previous: CycleRecord, fact: Of<'ComplaintReopened'>): CycleDraft {
  return begun(fact.metadata.occurredAt, previous, nextCycle(previous.facts, fact));
}

export function continueRecord(before: CycleRecord, fact: FollowingFact): CycleDraft {
  const record = draftOfCycle(before);
  record.facts = continueCycle(before.facts, fact);
  apply(record, fact);
  return record;
}

function apply(record: CycleDraft, fact: FollowingFact): void {
  const { occurredAt, actor } = fact.metadata;
  switch (fact.type) {
    case 'ComplaintCategorised':
      record.callTree = fact.data.callTree ?? record.callTree;
      record.category = fact.data.category ?? record.category;
      return;
    case 'PriorityChanged':
      record.priority = fact.data.priority;
      return;
    case 'ComplaintRouted':
      record.team = fact.data.team;
      record.stays = begin(end(record.stays, occurredAt, 'routed'), record.team, occurredAt);
      return;
    case 'ComplaintResolved':
      record.category = fact.data.category ?? record.category;
      record.resolvedBy = actor.sub;
      record.onTheSpot = fact.data.onTheSpot;
      record.stays = end(record.stays, occurredAt, 'resolved');
      return;
    case 'ResolutionConfirmed':
      record.resolvedAt = enteredAt(record);
      record.acceptedAt = occurredAt;
      return;
    case 'ResolutionRejected':
      record.resolvedBy = null;
      record.onTheSpot = false;
      record.stays = begin(record.stays, record.team, occurredAt);
      return;
    case 'ComplaintWithdrawn':
      record.withdrawnAt = occurredAt;
      record.stays = end(record.stays, occurredAt, 'withdrawn');
      return;
    case 'ActivityOpened':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
    case 'ClockPaused':
    case 'ClockResumed':
    case 'ComplaintEscalated':
    case 'ComplaintClosed':
    case 'SurveyAttempted':
    case 'SatisfactionSurveyed':
      return;
  }
}

function enteredAt({ facts }: CycleRecord): string | null {
  const last = facts.resolutions.at(-1);
  return last === undefined ? null : new Date(last.at).toISOString();
}

function end(stays: readonly Stay[], at: string, endedBy: Stay['endedBy']): readonly Stay[] {
  const last = stays.at(-1);
  if (last === undefined || last.to !== null) return stays;
  return [...stays.slice(0, -1), { team: last.team, from: last.from, to: at, endedBy }];
}

function begin(stays: readonly Stay[], team: string | null, at: string): readonly Stay[] {
  return [...stays, { team, from: at, to: null, endedBy: null }];
}
