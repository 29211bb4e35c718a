import {
  rulesInForceAt,
  type ConfigurationModel,
  type RulesInForce,
} from '#libs/configuration-model/index.js';
import { isComplaintEventType, laterMoment, type RecordedEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import { momentOf, type FollowingFact, type RecordedFact } from '#libs/service-time/index.js';
import { continueRecord, recordOfFirst, recordOfNext } from './cycle-record.fold.js';
import { isJudgedBy, judgeCycle, nextEscalation } from './judge-cycle.fold.js';
import { draftOfCycle, draftOfFacts, type CycleDraft, type FactsDraft } from './facts-draft.fold.js';
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
  if (fact.type === 'ComplaintReceived') return facts ?? received(fact, configuration);
  if (facts === null) return null;
  const draft = draftOfFacts(facts);
  draft.lastEventAt = laterMoment(facts.lastEventAt, fact.metadata.occurredAt);
  const before = facts.cycles.at(-1);
  if (before === undefined) return draft;
  if (fact.type === 'ComplaintReopened') reopen(draft, before, fact, configuration);
  else follow(draft, facts, before, fact, configuration);
  return draft;
}

/** After a change of the configuration: due moments of unfinished complaints move, verdicts given stay. */
export function refoldSlaFacts(
  facts: Facts,
  _event: RecordedEvent,
  configuration: ConfigurationModel,
): Facts {
  const current = facts.cycles.at(-1);
  if (current === undefined) return facts;
  const draft = draftOfFacts(facts);
  const record = draftOfCycle(current);
  settle(draft, record, configuration);
  return draft;
}

/** Judges every clock of the current cycle that is undecided, and derives from it what is to be done next. */
function settle(draft: FactsDraft, record: CycleDraft, configuration: ConfigurationModel): void {
  judge(draft, record, rulesInForceAt(configuration, record.facts.started.at));
  conclude(draft, record);
}

function judge(draft: FactsDraft, record: CycleDraft, rules: RulesInForce | undefined): void {
  if (rules !== undefined) judgeCycle(record, rules);
  draft.nextEscalation = nextOf(draft, record, rules);
}

function nextOf(
  draft: FactsDraft,
  record: CycleDraft,
  rules: RulesInForce | undefined,
): SlaFacts['nextEscalation'] {
  if (rules === undefined || !escalates(draft)) return null;
  return nextEscalation(record.facts, draft.escalationLevel, rules);
}

/** What is to be done next, by how the current cycle was judged. */
function conclude(draft: FactsDraft, record: CycleDraft): void {
  const { unfinished, worklists, step, escalated, due, dueOrder } = workOf(draft, record);
  draft.unfinished = unfinished;
  draft.worklists = worklists;
  draft.step = step;
  draft.escalated = escalated;
  draft.due = due;
  draft.dueOrder = dueOrder;
  draft.cycles = [...draft.cycles.slice(0, -1), record];
}

/** Only while somebody has to resolve it: no result stands, nothing is paused, nobody has withdrawn it. */
function escalates({ status, paused }: Facts): boolean {
  return !paused && (status === 'received' || status === 'routed' || status === 'open');
}

function received(fact: Of<'ComplaintReceived'>, configuration: ConfigurationModel): Facts {
  const { data, metadata } = fact;
  const record = recordOfFirst(fact);
  const draft: FactsDraft = {
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
    cycles: [record],
    escalations: [],
  };
  settle(draft, record, configuration);
  return draft;
}

function follow(
  draft: FactsDraft,
  facts: Facts,
  before: CycleRecord,
  fact: FollowingFact,
  configuration: ConfigurationModel,
): void {
  const record = continueRecord(before, fact);
  draft.team = record.team;
  draft.callTree = record.callTree;
  draft.category = record.category;
  draft.priority = record.priority;
  apply(draft, fact);
  const rules = rulesInForceAt(configuration, record.facts.started.at);
  // Most events touch no clock: what was judged from the same facts by the same rules would come out the same.
  if (rules === undefined || record.facts !== before.facts || !isJudgedBy(record, rules)) {
    judge(draft, record, rules);
  } else if (escalates(draft) !== escalates(facts) || draft.escalationLevel !== facts.escalationLevel) {
    draft.nextEscalation = nextOf(draft, record, rules);
  }
  conclude(draft, record);
}

function apply(draft: FactsDraft, fact: FollowingFact): void {
  switch (fact.type) {
    case 'ComplaintRouted':
      draft.status = 'routed';
      return;
    case 'ActivityOpened':
      draft.status = 'open';
      return;
    case 'ClockPaused':
      draft.paused = true;
      return;
    case 'ClockResumed':
      draft.paused = false;
      return;
    case 'ComplaintEscalated':
      draft.escalationLevel = fact.data.level;
      draft.escalations = [...draft.escalations, escalationOf(draft, fact)];
      return;
    case 'ComplaintResolved':
      draft.status = 'resolved';
      draft.paused = false;
      return;
    case 'ResolutionConfirmed':
      draft.status = 'confirmed';
      return;
    case 'ResolutionRejected':
      draft.status = draft.team === null ? 'received' : 'open';
      return;
    case 'ComplaintClosed':
      draft.status = 'closed';
      return;
    case 'ComplaintWithdrawn':
      draft.status = 'withdrawn';
      draft.paused = false;
      return;
    case 'SurveyAttempted':
      draft.surveyEnded = fact.data.unreached;
      draft.callBackAt = fact.data.callBackAt ?? null;
      return;
    case 'SatisfactionSurveyed':
      draft.status = 'surveyed';
      draft.surveyEnded = true;
      draft.callBackAt = null;
      return;
    case 'ComplaintCategorised':
    case 'PriorityChanged':
    case 'ActionRecorded':
    case 'FollowUpRecorded':
      return;
  }
}

function reopen(
  draft: FactsDraft,
  before: CycleRecord,
  fact: Of<'ComplaintReopened'>,
  configuration: ConfigurationModel,
): void {
  const last = draftOfCycle(before);
  last.facts = { ...before.facts, reopened: momentOf(fact) };
  // The re-opening ends the old cycle's survey, so it is judged a last time.
  const rules = rulesInForceAt(configuration, last.facts.started.at);
  if (rules !== undefined) judgeCycle(last, rules);
  const record = recordOfNext(last, fact);
  draft.status = 'received';
  draft.paused = false;
  draft.escalationLevel = 0;
  draft.cycle = fact.data.cycle;
  draft.team = null;
  draft.surveyEnded = false;
  draft.callBackAt = null;
  draft.cycles = [...draft.cycles.slice(0, -1), last, record];
  settle(draft, record, configuration);
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
