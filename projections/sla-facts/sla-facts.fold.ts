import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import { isComplaintEventType, laterMoment, type RecordedEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import { momentOf, type FollowingFact, type RecordedFact } from '#libs/service-time/index.js';
import { continueRecord, recordOfFirst, recordOfNext } from './cycle-record.fold.js';
import { judgeCycle, nextEscalation } from './judge-cycle.fold.js';
import { NO_DUE, type CycleRecord, type EscalationRecord, type SlaFacts } from './sla-facts.document.js';
import { workOf } from './worklists.fold.js';

type Facts = Folded<SlaFacts>;
type Of<Type> = RecordedFact & { readonly type: Type };

/** Pure. Every event is judged by the configuration as it stood at the event's place in the log. */
export function foldSlaFacts(
  facts: Facts | null,
  event: RecordedEvent,
  configuration: ConfigurationModel,
): Facts | null {
  if (!isComplaintEventType(event.type)) return facts;
  const fact = event as RecordedFact;
  if (fact.type === 'ComplaintReceived') return facts ?? settle(received(fact), configuration);
  if (facts === null) return null;
  const followed = follow(facts, fact, configuration);
  const lastEventAt = laterMoment(facts.lastEventAt, fact.metadata.occurredAt);
  return settle({ ...followed, lastEventAt }, configuration);
}

/** After a change of the configuration: due moments of unfinished complaints move, verdicts given stay. */
export function refoldSlaFacts(
  facts: Facts,
  _event: RecordedEvent,
  configuration: ConfigurationModel,
): Facts {
  return settle(facts, configuration);
}

/** Judges the current cycle, and derives from it what is to be done next. */
function settle(facts: Facts, configuration: ConfigurationModel): Facts {
  const current = facts.cycles.at(-1);
  if (current === undefined) return facts;
  const record = { ...current, ...judgeCycle(current, current.facts, configuration) };
  return {
    ...facts,
    ...workOf(facts, record),
    nextEscalation: escalates(facts)
      ? nextEscalation(record.facts, facts.escalationLevel, configuration)
      : null,
    cycles: [...facts.cycles.slice(0, -1), record],
  };
}

/** Only while somebody has to resolve it: no result stands, nothing is paused, nobody has withdrawn it. */
function escalates({ status, paused }: Facts): boolean {
  return !paused && (status === 'received' || status === 'routed' || status === 'open');
}

function received(fact: Of<'ComplaintReceived'>): Facts {
  const { data, metadata } = fact;
  return {
    reference: data.reference,
    status: 'received',
    unfinished: true,
    paused: false,
    escalationLevel: 0,
    cycle: 1,
    channel: data.channel,
    project: data.property?.project ?? null,
    team: null,
    callTree: data.callTree,
    category: data.category ?? null,
    priority: data.priority,
    contactedAt: data.contactedAt,
    receivedAt: data.receivedAt,
    receivedBy: metadata.actor.sub,
    lastEventAt: metadata.occurredAt,
    surveyEnded: false,
    callBackAt: null,
    worklists: [],
    step: null,
    escalated: false,
    due: null,
    dueOrder: NO_DUE,
    nextEscalation: null,
    cycles: [recordOfFirst(fact)],
    escalations: [],
  };
}

function follow(
  facts: Facts,
  fact: FollowingFact | Of<'ComplaintReopened'>,
  configuration: ConfigurationModel,
): Facts {
  const current = facts.cycles.at(-1);
  if (current === undefined) return facts;
  if (fact.type === 'ComplaintReopened') return reopened(facts, current, fact, configuration);
  const record = continueRecord(current, fact);
  const { team, callTree, category, priority } = record;
  const cycles = [...facts.cycles.slice(0, -1), record];
  return apply({ ...facts, team, callTree, category, priority, cycles }, fact);
}

function apply(facts: Facts, fact: FollowingFact): Facts {
  switch (fact.type) {
    case 'ComplaintRouted':
      return { ...facts, status: 'routed' };
    case 'ActivityOpened':
      return { ...facts, status: 'open' };
    case 'ClockPaused':
      return { ...facts, paused: true };
    case 'ClockResumed':
      return { ...facts, paused: false };
    case 'ComplaintEscalated':
      return {
        ...facts,
        escalationLevel: fact.data.level,
        escalations: [...facts.escalations, escalationOf(facts, fact)],
      };
    case 'ComplaintResolved':
      return { ...facts, status: 'resolved', paused: false };
    case 'ResolutionConfirmed':
      return { ...facts, status: 'confirmed' };
    case 'ResolutionRejected':
      return { ...facts, status: facts.team === null ? 'received' : 'open' };
    case 'ComplaintClosed':
      return { ...facts, status: 'closed' };
    case 'ComplaintWithdrawn':
      return { ...facts, status: 'withdrawn', paused: false };
    case 'SurveyAttempted':
      return { ...facts, surveyEnded: fact.data.unreached, callBackAt: fact.data.callBackAt ?? null };
    case 'SatisfactionSurveyed':
      return { ...facts, status: 'surveyed', surveyEnded: true, callBackAt: null };
    case 'ComplaintCategorised':
    case 'PriorityChanged':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
      return facts;
  }
}

function reopened(
  facts: Facts,
  current: CycleRecord,
  fact: Of<'ComplaintReopened'>,
  configuration: ConfigurationModel,
): Facts {
  const ended = { ...current.facts, reopened: momentOf(fact) };
  // The re-opening ends the old cycle's survey, so it is judged a last time.
  const last = { ...current, facts: ended, ...judgeCycle(current, ended, configuration) };
  return {
    ...facts,
    status: 'received',
    paused: false,
    escalationLevel: 0,
    cycle: fact.data.cycle,
    team: null,
    surveyEnded: false,
    callBackAt: null,
    cycles: [...facts.cycles.slice(0, -1), last, recordOfNext(last, fact)],
  };
}

function escalationOf(facts: Facts, { data, metadata }: Of<'ComplaintEscalated'>): EscalationRecord {
  const { team, callTree, category, priority } = facts;
  return {
    cycle: data.cycle,
    level: data.level,
    rule: data.at,
    occurredAt: metadata.occurredAt,
    reachedAt: data.reachedAt,
    dueAt: data.dueAt,
    lateBySeconds: data.lateBySeconds,
    policyVersion: data.policyVersion,
    team,
    callTree,
    category,
    priority,
  };
}
