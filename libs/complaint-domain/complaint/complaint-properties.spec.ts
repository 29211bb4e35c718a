import fc from 'fast-check';
import {
  type Actor,
  type ComplaintEvent,
  eventCodec,
  mapPersonalFields,
  validateStored,
} from '#libs/event-contracts/index.js';
import { ACTORS, type Attempt, arbitraryAttempt, GOOD_BODIES } from '#libs/testing/arbitrary-commands.js';
import { ayse, context, fatma, hour, mehmet, zeynep } from '#libs/testing/complaint-stories.js';
import { deepFreeze } from '#libs/testing/decider-specification.js';
import { mayGive } from './command-roles.js';
import type { ComplaintCommand, ComplaintCommandType } from './complaint-command.js';
import { type ComplaintState, initialState } from './complaint-state.js';
import { type Fact, evolve } from './evolve.js';
import { commandsPossibleIn, STATUS_TRANSITIONS } from './transitions.js';
import { decide } from './decide.js';

interface Step {
  readonly command: ComplaintCommand;
  readonly before: ComplaintState;
  readonly event: ComplaintEvent;
  readonly fact: Fact;
  readonly after: ComplaintState;
}

/** Lets everybody try; keeps what was accepted. */
function live(attempts: readonly Attempt[]): {
  readonly steps: readonly Step[];
  readonly state: ComplaintState;
} {
  let state: ComplaintState = initialState;
  let clock = 0;
  const steps: Step[] = [];
  for (const attempt of attempts) {
    clock += attempt.hoursLater;
    const command = deepFreeze(commandOf(attempt, state, hour(clock)));
    const before = deepFreeze(state);
    const decision = decide(command, before, context);
    expect(decide(command, before, context)).toEqual(decision);
    if (!decision.ok) continue;
    for (const event of decision.events) {
      const fact = deepFreeze({
        ...event,
        metadata: { occurredAt: decision.occurredAt, actor: command.actor },
      });
      const after = evolve(state, fact);
      steps.push({ command, before: state, event, fact, after });
      state = after;
    }
  }
  return { steps, state };
}

/** Notes and the like lead nowhere, and a withdrawal ends the story too soon. */
const sidesteps: readonly string[] = ['categorise', 'prioritise', 'recordFollowUp', 'withdraw'];

function commandOf(attempt: Attempt, state: ComplaintState, now: string): ComplaintCommand {
  const { importing, nudge, occurredAt } = attempt;
  const envelope = { importing, now, occurredAt };
  const onwards = state.exists
    ? commandsPossibleIn(state.status).filter((command) => !sidesteps.includes(command))
    : (['receive'] as const);
  const type = nudge === undefined ? undefined : onwards[nudge % onwards.length];
  if (type === undefined || nudge === undefined) {
    return { ...envelope, type: attempt.type, data: attempt.data, actor: attempt.actor } as ComplaintCommand;
  }
  const data = GOOD_BODIES[type][nudge % GOOD_BODIES[type].length];
  return { ...envelope, type, data, actor: somebodyFor(type, state, attempt.actor) } as ComplaintCommand;
}

function somebodyFor(type: ComplaintCommandType, state: ComplaintState, other: Actor): Actor {
  const team = state.exists ? state.team : undefined;
  const fitting = [mehmet, zeynep].find((officer) => officer.team === team);
  if (type === 'resolve') return fitting ?? ayse;
  return mayGive(type, other.role) && other.role !== 'officer'
    ? other
    : ((mayGive(type, 'agent') ? fatma : fitting) ?? other);
}

const lives = fc.array(arbitraryAttempt, { minLength: 1, maxLength: 40, size: 'max' });
const runs = { numRuns: 200 };

function everyStep(check: (step: Step) => void): void {
  fc.assert(
    fc.property(lives, (attempts) => {
      live(attempts).steps.forEach(check);
    }),
    runs,
  );
}

const statusOf = (state: ComplaintState) => (state.exists ? state.status : null);
const movers = new Set<string>(STATUS_TRANSITIONS.map(({ event }) => event));

describe('Whatever anybody tries with a complaint, in whatever order', () => {
  it('its status moves along the diagram only', () => {
    everyStep(({ before, event, after }) => {
      const [from, to] = [statusOf(before), statusOf(after)];
      if (movers.has(event.type)) {
        expect(STATUS_TRANSITIONS).toContainEqual(expect.objectContaining({ from, event: event.type, to }));
      } else {
        expect(to).toBe(from);
      }
    });
  });

  it('has a team exactly while a team is at work, is paused only while its clock runs, and counts its cycles', () => {
    everyStep(({ before, event, after }) => {
      if (!after.exists) throw new Error('a fact was accepted, so there is a complaint');
      if (after.status === 'received') expect(after.team).toBeUndefined();
      if (after.status === 'routed' || after.status === 'open') expect(after.team).toBeDefined();
      if (after.paused) expect(['received', 'routed', 'open']).toContain(after.status);
      const cycleBefore = before.exists ? before.cycle : 0;
      const begins = event.type === 'ComplaintReopened' || event.type === 'ComplaintReceived';
      expect(after.cycle).toBe(begins ? cycleBefore + 1 : cycleBefore);
    });
  });

  it('time never goes back from what people told, and never runs ahead of the clock but for a clock that lagged', () => {
    everyStep(({ command, before, fact, after }) => {
      const at = Date.parse(fact.metadata.occurredAt);
      const told = before.exists ? before.lastToldAt : undefined;
      const previous = told === undefined ? 0 : Date.parse(told);
      expect(at).toBeGreaterThanOrEqual(previous);
      expect(at).toBeLessThanOrEqual(Math.max(Date.parse(command.now), previous));
      const escalated = fact.type === 'ComplaintEscalated';
      expect(after).toMatchObject({ lastToldAt: escalated ? told : fact.metadata.occurredAt });
    });
  });

  it('nobody judges, or surveys, the own result', () => {
    everyStep(({ before, event, fact }) => {
      if (!before.exists) return;
      const judged = event.type === 'ResolutionConfirmed' || event.type === 'ResolutionRejected';
      if ((judged && !before.onTheSpot) || event.type === 'SatisfactionSurveyed') {
        expect(fact.metadata.actor.sub).not.toBe(before.resolvedBy);
      }
    });
  });

  it('no result comes without an explanation, and an officer acts for the own team only', () => {
    everyStep(({ before, event, fact }) => {
      if (event.type === 'ComplaintResolved') expect(event.data.explanation.trim()).not.toBe('');
      const { actor } = fact.metadata;
      if (actor.role === 'officer' && event.type !== 'FollowUpRecorded') {
        expect(before).toMatchObject({ team: actor.team });
      }
    });
  });

  it('each fact, once sealed, is what its schema says', () => {
    everyStep(({ event }) => {
      const sealed = mapPersonalFields(event.type, event.data as unknown, () => 'sealed:1:key-1:AbCd');
      expect(validateStored(event.type, eventCodec.newestVersion(event.type) ?? 0, sealed)).toEqual([]);
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    });
  });

  it('replaying the log gives the very state that was lived, sealed or not', () => {
    fc.assert(
      fc.property(lives, (attempts) => {
        const { steps, state } = live(attempts);
        const sealed = steps.map(({ fact }) => ({
          ...fact,
          data: mapPersonalFields(fact.type, fact.data, () => '*'),
        }));
        expect(steps.map(({ fact }) => fact).reduce(evolve, initialState)).toEqual(state);
        expect(sealed.reduce(evolve, initialState)).toEqual(state);
      }),
      runs,
    );
  });
});

describe('The fold', () => {
  it('takes any fact in any order without failing, and does not touch what it is given', () => {
    const anyFact = fc.record({
      type: fc.oneof(fc.constantFrom('ComplaintClosed', 'ComplaintPraised', '__proto__'), fc.string()),
      data: fc.constant({}),
      metadata: fc.record({ occurredAt: fc.constantFrom(hour(1), hour(2)), actor: fc.constant(ayse) }),
    });
    fc.assert(
      fc.property(lives, fc.array(anyFact), (attempts, strays) => {
        const { state, steps } = live(attempts);
        strays.reduce((before, fact) => deepFreeze(evolve(before, fact)), deepFreeze(state));
        steps.map(({ fact }) => fact).reduceRight((before, fact) => evolve(before, fact), initialState);
      }),
      runs,
    );
  });
});

const fields = Object.values(GOOD_BODIES).flatMap((bodies) => bodies.flatMap((body) => Object.keys(body)));

describe('A bad command', () => {
  it('is refused, never thrown', () => {
    fc.assert(
      fc.property(
        lives,
        fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...fields), fc.anything())),
        fc.constantFrom(...ACTORS),
        fc.nat(17),
        (attempts, data, actor, index) => {
          const { state } = live(attempts);
          const type = Object.keys(GOOD_BODIES)[index] as 'close';
          const command = {
            type,
            data,
            actor,
            now: hour(5000),
            importing: true,
          } as ComplaintCommand;
          expect(() => decide(command, state, context)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});
