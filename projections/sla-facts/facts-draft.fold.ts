import type { Folded } from '#libs/projection-engine/projection.js';
import type { CycleRecord, SlaFacts } from './sla-facts.document.js';

type Facts = Folded<SlaFacts>;
type Draft<Of> = { -readonly [Key in keyof Of]: Of[Key] };

/*
 * One copy for each event, which the fold then writes to. Every field is named: objects from one literal are alike to
 * the machine, whatever they were copied from, while a row of spreads over objects with various pasts took half of a fold.
 */

/** To be written to by the fold that made it, and by nobody after that. */
export type FactsDraft = Draft<Facts>;

export type CycleDraft = Draft<CycleRecord>;

export function draftOfFacts(facts: Facts): FactsDraft {
  return {
    reference: facts.reference,
    status: facts.status,
    unfinished: facts.unfinished,
    paused: facts.paused,
    escalationLevel: facts.escalationLevel,
    cycle: facts.cycle,
    channel: facts.channel,
    project: facts.project,
    team: facts.team,
    callTree: facts.callTree,
    category: facts.category,
    priority: facts.priority,
    contactedAt: facts.contactedAt,
    receivedAt: facts.receivedAt,
    receivedBy: facts.receivedBy,
    lastEventAt: facts.lastEventAt,
    surveyEnded: facts.surveyEnded,
    callBackAt: facts.callBackAt,
    worklists: facts.worklists,
    step: facts.step,
    escalated: facts.escalated,
    due: facts.due,
    dueOrder: facts.dueOrder,
    nextEscalation: facts.nextEscalation,
    cycles: facts.cycles,
    escalations: facts.escalations,
  };
}

export function draftOfCycle(record: CycleRecord): CycleDraft {
  return {
    cycle: record.cycle,
    startedAt: record.startedAt,
    team: record.team,
    callTree: record.callTree,
    category: record.category,
    priority: record.priority,
    resolvedAt: record.resolvedAt,
    acceptedAt: record.acceptedAt,
    resolvedBy: record.resolvedBy,
    onTheSpot: record.onTheSpot,
    withdrawnAt: record.withdrawnAt,
    registration: record.registration,
    resolution: record.resolution,
    approval: record.approval,
    survey: record.survey,
    stays: record.stays,
    facts: record.facts,
  };
}
