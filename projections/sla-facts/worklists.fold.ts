import type { ComplaintStatus } from '#libs/event-contracts/index.js';
import { NO_DUE, type CycleRecord, type SlaFacts, type Step } from './sla-facts.document.js';

type Situation = Pick<SlaFacts, 'status' | 'escalationLevel' | 'surveyEnded' | 'callBackAt'>;
type Work = Pick<SlaFacts, 'unfinished' | 'worklists' | 'step' | 'escalated' | 'due' | 'dueOrder'>;

/** Whose turn it is, and by when: the status says which clock the next step is measured by. */
export function workOf(situation: Situation, cycle: CycleRecord): Work {
  const step = stepOf(situation);
  const due = step === null ? null : dueOf(step, situation, cycle);
  const escalated = step !== null && situation.escalationLevel > 0 && isUnaccepted(situation.status);
  return {
    unfinished: step !== null,
    worklists: step === null ? [] : [step, 'follow-up', ...(escalated ? (['escalated'] as const) : [])],
    step,
    escalated,
    due,
    dueOrder: due ?? NO_DUE,
  };
}

function stepOf({ status, surveyEnded }: Situation): Step | null {
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

function dueOf(step: Step, { callBackAt }: Situation, cycle: CycleRecord): string | null {
  switch (step) {
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
