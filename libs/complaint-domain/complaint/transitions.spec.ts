import { COMPLAINT_EVENT_TYPES, STATUSES } from '#libs/event-contracts/index.js';
import { COMMAND_STATUSES, STATUS_TRANSITIONS } from './transitions.js';
import type { ComplaintCommand, ComplaintCommandType } from './complaint-command.js';
import { type ComplaintState, initialState } from './complaint-state.js';
import { ACTORS, GOOD_BODIES } from '#libs/testing/arbitrary-commands.js';
import { context, hour } from '#libs/testing/complaint-stories.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';

const COMMANDS = Object.entries(GOOD_BODIES).flatMap(([type, bodies]) =>
  bodies.flatMap((data) =>
    ACTORS.map((actor) => ({ type, data, actor, now: hour(1) }) as unknown as ComplaintCommand),
  ),
);

/** What a state allows hangs on these; two cycles and one survey call stand for more of them. */
function distinguishing(state: ComplaintState): string {
  if (!state.exists) return 'none';
  const { status, team, paused, escalationLevel, onTheSpot, resolvedBy, cycle, surveyEnded } = state;
  return JSON.stringify([
    status,
    team,
    paused,
    escalationLevel,
    onTheSpot,
    resolvedBy,
    Math.min(cycle, 2),
    surveyEnded,
  ]);
}

interface Exploration {
  readonly moves: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
}

/** Every command by everybody in every state that can be reached: the whole graph, not a sample. */
function explore(): Exploration {
  const seen = new Map<string, ComplaintState>([['none', initialState]]);
  const queue: ComplaintState[] = [initialState];
  const moves = new Set<string>();
  const accepted = new Set<string>();
  for (let before = queue.pop(); before; before = queue.pop()) {
    for (const command of COMMANDS) {
      const decision = decide(command, before, {
        ...context,
        policy: { ...context.policy, surveyAttempts: 1 },
      });
      if (!decision.ok) continue;
      const [event] = decision.events;
      const after = evolve(before, {
        type: event?.type ?? '',
        data: event?.data,
        metadata: { occurredAt: decision.occurredAt, actor: command.actor },
      });
      const [from, to] = [statusOf(before), statusOf(after)];
      if (from !== to || STATUS_TRANSITIONS.some((known) => known.event === event?.type)) {
        moves.add(`${from} ${event?.type ?? ''} ${to}`);
      }
      accepted.add(`${command.type} ${from}`);
      const key = distinguishing(after);
      if (seen.has(key)) continue;
      seen.set(key, after);
      queue.push(after);
    }
  }
  return { moves, accepted };
}

const statusOf = (state: ComplaintState) => (state.exists ? state.status : 'none');

describe('The diagram of statuses', () => {
  const { moves, accepted } = explore();

  it('is what the rules allow: all of it, and nothing else', () => {
    expect([...moves].sort()).toEqual(
      STATUS_TRANSITIONS.map(({ from, event, to }) => `${from ?? 'none'} ${event} ${to}`).sort(),
    );
  });

  it('reaches every status', () => {
    expect(new Set(STATUS_TRANSITIONS.map(({ to }) => to))).toEqual(new Set(STATUSES));
  });

  it('knows the events by their names', () => {
    for (const { event } of STATUS_TRANSITIONS) expect(COMPLAINT_EVENT_TYPES).toContain(event);
  });

  it('has every command accepted from somebody in each status that is named for it, and in no other', () => {
    const named = (Object.keys(COMMAND_STATUSES) as ComplaintCommandType[]).flatMap((type) =>
      COMMAND_STATUSES[type].map((status) => `${type} ${status}`),
    );
    expect([...accepted].sort()).toEqual([...named, 'receive none'].sort());
  });
});
