import type { Complaint, ComplaintState } from '#libs/complaint-domain/index.js';
import type { Actor, Priority } from '#libs/event-contracts/index.js';
import type { ImportCommand } from '../import-line.js';
import { type ActivityMeaning, type EventLogMapping, type EventLogRow, codeOf } from './event-log-mapping.js';

/** A command that an activity stands for, before it is known whether the rules allow it. */
export interface Step {
  readonly command: ImportCommand;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

/** What a case has shown so far, beside the complaint's own state. */
export interface CaseProgress {
  readonly state: ComplaintState;
  readonly seriousnessAssigned: boolean;
}

/** Steps that bring the case on; none when the activity only repeats what is so already. */
export function* stepsOf(
  meaning: ActivityMeaning,
  row: EventLogRow,
  mapping: EventLogMapping,
  progress: () => CaseProgress,
): Generator<Step> {
  const people = peopleOf(row, mapping);
  const now = (): ComplaintState => progress().state;
  switch (meaning.as) {
    case 'reception':
      yield receive(row, mapping, people.agent);
      return;
    case 'seriousness': {
      const { state, seriousnessAssigned } = progress();
      if (!state.exists) yield receive(row, mapping, people.agent);
      else if (seriousnessAssigned) yield* raise(state, meaning.raises, people.agent);
      return;
    }
    case 'take-in-charge':
      yield* backToWork(now, people);
      yield* bringToTeam(now, people);
      return;
    case 'wait':
      yield* backToWork(now, people);
      yield { command: 'pause', body: { reason: 'Waiting, says the log.' }, actor: actorIn(now(), people) };
      return;
    case 'action':
      yield* reopenIfClosed(now, people);
      yield* resumeIfPaused(now, people);
      yield {
        command: 'actions',
        body: { kind: meaning.kind, description: row.activity },
        actor: actorIn(now(), people, 'officer'),
      };
      return;
    case 'resolution':
      yield* reopenIfClosed(now, people);
      yield {
        command: 'resolve',
        body: { outcome: meaning.outcome, explanation: row.activity },
        actor: actorIn(now(), people),
      };
      return;
    case 'closing':
      if (isAt(now(), 'resolved')) yield { command: 'confirm', body: {}, actor: people.agent };
      yield { command: 'close', body: {}, actor: people.agent };
  }
}

interface People {
  readonly agent: Actor;
  readonly supervisor: Actor;
  /** Who rejected a result the log doesn't say; not the resource that goes on with it, which often entered it. */
  readonly unnamedAgent: Actor;
  readonly team: string;
  officerOf(team: string): Actor;
}

function peopleOf(row: EventLogRow, mapping: EventLogMapping): People {
  const code = codeOf(row.resource);
  const person = { sub: `${mapping.source}-${code}`, name: row.resource };
  return {
    agent: { ...person, role: 'agent' },
    supervisor: { ...person, role: 'supervisor' },
    unnamedAgent: { sub: `${mapping.source}-call-management`, name: 'Call management', role: 'agent' },
    team: `${mapping.teamPrefix}${code}`,
    officerOf: (team) => ({ ...person, role: 'officer', team }),
  };
}

function isAt(state: ComplaintState, ...statuses: readonly Complaint['status'][]): state is Complaint {
  return state.exists && statuses.includes(state.status);
}

/** The resource acts for the team that has the complaint; where none has, as an agent. */
function actorIn(state: ComplaintState, people: People, otherwise: 'agent' | 'officer' = 'agent'): Actor {
  if (isAt(state, 'routed', 'open') && state.team !== undefined) return people.officerOf(state.team);
  return otherwise === 'agent' ? people.agent : people.officerOf(people.team);
}

function receive(row: EventLogRow, mapping: EventLogMapping, actor: Actor): Step {
  const { channel, callTree, customerKind, priority } = mapping.reception;
  const body = {
    customer: { ref: `${mapping.source}-${codeOf(row.caseId)}`, kind: customerKind, name: row.caseId },
    channel,
    contactedAt: row.at,
    callTree: callTree.code,
    priority,
    subject: row.caseId,
    description: row.activity,
  };
  return { command: 'receive', body, actor };
}

/** The log doesn't say how serious: each further assignment counts as one step up, as long as there is one. */
function* raise(state: Complaint, raises: readonly Priority[], actor: Actor): Generator<Step> {
  const priority = raises[raises.indexOf(state.priority) + 1] ?? state.priority;
  yield { command: 'prioritise', body: { priority, reason: 'Seriousness assigned again.' }, actor };
}

/** Whatever was held for done is not: a standing result was rejected, a closed case is open again, a wait is over. */
function* backToWork(now: () => ComplaintState, people: People): Generator<Step> {
  yield* reopenIfClosed(now, people);
  if (isAt(now(), 'resolved')) {
    yield {
      command: 'reject',
      body: { reason: 'Worked on again after the result.' },
      actor: people.unnamedAgent,
    };
  }
  yield* resumeIfPaused(now, people);
}

function* reopenIfClosed(now: () => ComplaintState, people: People): Generator<Step> {
  if (!isAt(now(), 'closed', 'surveyed')) return;
  yield { command: 'reopen', body: { reason: 'Went on after closing.' }, actor: people.supervisor };
  yield* bringToTeam(now, people);
}

function* resumeIfPaused(now: () => ComplaintState, people: People): Generator<Step> {
  const state = now();
  if (state.exists && state.paused) yield { command: 'resume', body: {}, actor: actorIn(state, people) };
}

function* bringToTeam(now: () => ComplaintState, people: People): Generator<Step> {
  const state = now();
  if (!state.exists || state.team !== people.team) {
    const reason = state.exists && state.team !== undefined ? { reason: 'Taken over.' } : {};
    yield { command: 'route', body: { team: people.team, ...reason }, actor: people.agent };
  }
  if (isAt(now(), 'routed')) yield { command: 'open', body: {}, actor: people.officerOf(people.team) };
}
