import type { ComplaintStatus } from '#libs/event-contracts/index.js';
import { NO_DUE, type CycleRecord, type SlaFacts, type Worklist } from './sla-facts.document.js';

type Situation = Pick<SlaFacts, 'status' | 'escalationLevel' | 'surveyEnded' | 'callBackAt'>;
type Work = Pick<SlaFacts, 'unfinished' | 'worklists' | 'due' | 'dueOrder'>;

/** Whose turn it is, and by when: the status says which clock the next step is measured by. */
export function workOf(situation: Situation, cycle: CycleRecord): Work {
  const own = ownWorklist(situation);
  const due = own === null ? null : dueOf(own, situation, cycle);
  const unfinished = own !== null;
  const escalated = unfinished && situation.escalationLevel > 0 && isUnaccepted(situation.status);
  return {
    unfinished,
    worklists: own === null ? [] : [own, 'follow-up', ...(escalated ? (['escalated'] as const) : [])],
    due,
    dueOrder: due ?? NO_DUE,
  };
}

type OwnWorklist = Exclude<Worklist, 'follow-up' | 'escalated'>;

function ownWorklist({ status, surveyEnded }: Situation): OwnWorklist | null {
  switch (status) {
    case 'received':
      return 'triage';
    case 'routed':
    case 'open':
      return 'team';
    case 'resolved':
      return 'approval';
    case 'confirmed':
      return 'closing';
    case 'closed':
      return surveyEnded ? null : 'survey';
    case 'surveyed':
    case 'withdrawn':
      return null;
  }
}

function dueOf(own: OwnWorklist, { callBackAt }: Situation, cycle: CycleRecord): string | null {
  switch (own) {
    case 'triage':
    case 'team':
      return cycle.resolution?.due ?? null;
    case 'approval':
      return cycle.approval?.due ?? null;
    case 'closing':
      return null;
    case 'survey':
      // What was agreed with the customer goes before our own target.
      return callBackAt ?? cycle.survey?.due ?? null;
  }
}

function isUnaccepted(status: ComplaintStatus): boolean {
  return status === 'received' || status === 'routed' || status === 'open' || status === 'resolved';
}
