import type { Channel, ComplaintStatus, Priority } from '#libs/event-contracts/index.js';
import type { IndexSpec, ProjectionDocument } from '#libs/projection-engine/projection.js';
import type { CycleFacts } from '#libs/service-time/index.js';

/** A clock as it was judged by the rules that ruled it then. Durations in milliseconds of the clock's own kind. */
export interface JudgedClock {
  readonly kind: 'wall' | 'business';
  readonly target: number | null;
  readonly start: string;
  readonly stop: string | null;
  readonly due: string | null;
  /** Why there is no due moment. */
  readonly dueUnknown: 'no-target' | 'paused' | 'beyond-horizon' | null;
  /** null while it runs: a stored figure would be wrong a moment later. */
  readonly elapsed: number | null;
  /** null while undecided, and for good where there is no target or no verdict (withdrawn, re-opened). */
  readonly compliant: boolean | null;
  /** A verdict that was given: no later change of calendars, call tree or policies touches it. */
  readonly final: boolean;
  readonly policyVersion: number;
  /** Of business clocks; null for wall time. */
  readonly calendar: string | null;
  readonly calendarVersion: number | null;
}

/** A time during which one team (null: call management, before routing) had the unresolved complaint. */
export interface Stay {
  readonly team: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly endedBy: 'routed' | 'resolved' | 'withdrawn' | null;
}

export interface CycleRecord {
  readonly cycle: number;
  readonly startedAt: string;
  /** As they stood last in this cycle. */
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly priority: Priority;
  /** The accepted resolution: when it was entered and confirmed, and `sub` of who entered it. */
  readonly resolvedAt: string | null;
  readonly acceptedAt: string | null;
  readonly resolvedBy: string | null;
  readonly onTheSpot: boolean;
  readonly withdrawnAt: string | null;
  readonly registration: JudgedClock | null;
  readonly resolution: JudgedClock | null;
  readonly approval: JudgedClock | null;
  readonly survey: JudgedClock | null;
  readonly stays: readonly Stay[];
  /** What all of the above was judged from, and can be judged from again. */
  readonly facts: CycleFacts;
}

export interface EscalationRecord {
  readonly cycle: number;
  readonly level: number;
  readonly rule: string;
  readonly occurredAt: string;
  readonly reachedAt: string;
  readonly dueAt: string;
  readonly lateBySeconds: number;
  readonly policyVersion: number;
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly priority: Priority;
}

/** What can be to be done next, each with a worklist of its own. */
export const STEPS = ['triage', 'team', 'approval', 'closing', 'survey'] as const;
export type Step = (typeof STEPS)[number];

export const WORKLISTS = [...STEPS, 'follow-up', 'escalated'] as const;
export type Worklist = (typeof WORKLISTS)[number];

export interface SlaFacts extends ProjectionDocument {
  readonly reference: string;
  readonly status: ComplaintStatus;
  /** Something is still to be done, be it the survey: its clocks follow changes of calendars and call tree. */
  readonly unfinished: boolean;
  readonly paused: boolean;
  readonly escalationLevel: number;
  readonly cycle: number;
  readonly channel: Channel;
  readonly project: string | null;
  readonly team: string | null;
  readonly callTree: string;
  readonly category: string | null;
  readonly priority: Priority;
  readonly contactedAt: string;
  readonly receivedAt: string;
  readonly receivedBy: string;
  readonly lastEventAt: string;
  readonly surveyEnded: boolean;
  readonly callBackAt: string | null;
  readonly worklists: readonly Worklist[];
  /** The one of them that says what is to be done next, null when nothing is. */
  readonly step: Step | null;
  /** Past a level, and without an accepted result. */
  readonly escalated: boolean;
  /** Of the clock that the next step is measured by. */
  readonly due: string | null;
  /** `due`, or a text after all instants, so that what has no due moment comes last. */
  readonly dueOrder: string;
  /** The next level that the clock will reach if nothing happens; null while it is stopped or paused. */
  readonly nextEscalation: { readonly level: number; readonly at: string } | null;
  readonly cycles: readonly CycleRecord[];
  readonly escalations: readonly EscalationRecord[];
}

export const NO_DUE = '9999-12-31T23:59:59.999Z';

/** Worklists are found by plain fields: an index over a list gives no order to every server. */
export const slaFactsIndexes: readonly IndexSpec[] = [
  { name: 'received', keys: { receivedAt: 1, _id: 1 } },
  { name: 'changed', keys: { lastEventAt: 1, _id: 1 } },
  { name: 'step-by-due', keys: { step: 1, dueOrder: 1, _id: 1 } },
  { name: 'unfinished-by-due', keys: { unfinished: 1, dueOrder: 1, _id: 1 } },
  { name: 'escalated-by-due', keys: { escalated: 1, dueOrder: 1, _id: 1 } },
  { name: 'team-step-by-due', keys: { team: 1, step: 1, dueOrder: 1, _id: 1 } },
  { name: 'team-unfinished-by-due', keys: { team: 1, unfinished: 1, dueOrder: 1, _id: 1 } },
  { name: 'team-escalated-by-due', keys: { team: 1, escalated: 1, dueOrder: 1, _id: 1 } },
  { name: 'call-back', keys: { callBackAt: 1, team: 1, _id: 1 } },
  { name: 'next-escalation', keys: { 'nextEscalation.at': 1, _id: 1 } },
];
