import type { CycleFacts } from '#libs/service-time/index.js';
import type { CycleRecord, JudgedClock, SlaFacts } from './sla-facts.document.js';

/*
 * Parts of the document for questions over many of them: decoding is most of what such a question costs. Fields are
 * named by what is left out, since a server leaves out the path of a field below null, and null means something here.
 */

const WORK = [
  'status',
  'unfinished',
  'paused',
  'escalationLevel',
  'cycle',
  'contactedAt',
  'lastEventAt',
  'surveyEnded',
  'callBackAt',
  'worklists',
  'step',
  'escalated',
  'due',
  'dueOrder',
  'nextEscalation',
  'revision',
  'position',
] as const satisfies readonly (keyof SlaFacts)[];

const CYCLE_WORK = [
  'acceptedAt',
  'onTheSpot',
  'approval',
  'survey',
] as const satisfies readonly (keyof CycleRecord)[];

const CLOCK_WORK = [
  'kind',
  'target',
  'start',
  'stop',
  'dueUnknown',
  'final',
  'calendar',
  'calendarVersion',
] as const satisfies readonly (keyof JudgedClock)[];

const FACTS_TO_JUDGE_BY = [
  'cycle',
  'channel',
  'contactedAt',
  'receivedAt',
  'started',
  'placements',
  'pauses',
  'closed',
  'surveyed',
  'withdrawn',
  'reopened',
] as const satisfies readonly (keyof CycleFacts)[];

type VerdictClock = Omit<JudgedClock, (typeof CLOCK_WORK)[number]>;

export interface VerdictCycle extends Omit<
  CycleRecord,
  (typeof CYCLE_WORK)[number] | 'registration' | 'resolution' | 'facts'
> {
  readonly registration: VerdictClock | null;
  readonly resolution: VerdictClock | null;
  readonly facts: Omit<CycleFacts, (typeof FACTS_TO_JUDGE_BY)[number]>;
}

/** Who had it and how it was judged, without what is still to be done and what it was judged from. */
export interface VerdictFacts extends Omit<SlaFacts, (typeof WORK)[number] | 'cycles'> {
  readonly cycles: readonly VerdictCycle[];
}

export const WITHOUT_WORK: Readonly<Record<string, 0>> = leftOut([
  ...WORK,
  ...CYCLE_WORK.map((name) => `cycles.${name}`),
  ...CLOCK_WORK.flatMap((name) => [`cycles.registration.${name}`, `cycles.resolution.${name}`]),
  ...FACTS_TO_JUDGE_BY.map((name) => `cycles.facts.${name}`),
  // References to events are optional where facts are told by hand, so their type has room for this.
  'cycles.facts.resolutions.by',
  'cycles.facts.resolutions.decided.by',
]);

/** The same where the position says whether the document can be taken as it is. */
export const PAST_WITHOUT_WORK: Readonly<Record<string, 0>> = leftOut(
  Object.keys(WITHOUT_WORK).filter((name) => name !== 'position'),
);

export type EscalationFacts = Pick<SlaFacts, '_id' | 'channel' | 'project' | 'escalations'>;

export const ESCALATION_FIELDS = { channel: 1, project: 1, escalations: 1 } as const;

function leftOut(paths: readonly string[]): Readonly<Record<string, 0>> {
  return Object.fromEntries(paths.map((path) => [path, 0 as const]));
}
