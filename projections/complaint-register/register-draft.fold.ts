import type { Folded } from '#libs/projection-engine/projection.js';
import type { RegisteredComplaint } from './complaint-register.document.js';

type Register = Folded<RegisteredComplaint>;

/** To be written to by the fold that made it, and by nobody after that. */
export type RegisterDraft = { -readonly [Key in keyof Register]: Register[Key] };

/**
 * One copy for each event. Every field is named: objects from one literal are alike to the machine, whatever they were
 * copied from, which makes copies and hashes several times as fast.
 */
export function draftOf(register: Register): RegisterDraft {
  return {
    reference: register.reference,
    externalId: register.externalId,
    status: register.status,
    paused: register.paused,
    pausedUntil: register.pausedUntil,
    escalationLevel: register.escalationLevel,
    cycle: register.cycle,
    team: register.team,
    teams: register.teams,
    callTree: register.callTree,
    category: register.category,
    priority: register.priority,
    priorityRank: register.priorityRank,
    channel: register.channel,
    customer: register.customer,
    property: register.property,
    subject: register.subject,
    description: register.description,
    requestedRemedy: register.requestedRemedy,
    contactedAt: register.contactedAt,
    receivedAt: register.receivedAt,
    receivedBy: register.receivedBy,
    officer: register.officer,
    result: register.result,
    confirmedBy: register.confirmedBy,
    closedAt: register.closedAt,
    surveyAttempts: register.surveyAttempts,
    surveyEnded: register.surveyEnded,
    overallScore: register.overallScore,
    searchTerms: register.searchTerms,
    lastEventAt: register.lastEventAt,
    lastRecordedAt: register.lastRecordedAt,
  };
}
