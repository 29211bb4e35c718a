import fc from 'fast-check';
import {
  type ComplaintState,
  commandsPossibleIn,
  decide,
  evolve,
  initialState,
  type ComplaintCommand,
} from '#libs/complaint-domain/index.js';
import { ACTORS, GOOD_BODIES } from '#libs/testing/arbitrary-commands.js';
import { context, receiveBody } from '#libs/testing/complaint-stories.js';
import { EventsInOrder } from '#libs/testing/recorded-events.js';
import { calendarsAround, minuteAround, TURNING_POINTS } from './testing/arbitraries.js';
import { policyOf } from './testing/cycle-script.js';
import { walkedCycles } from './testing/history-walk.js';
import { minuteWalk } from './testing/minute-walk.js';
import {
  compileCalendar,
  type CycleFacts,
  DAY,
  foldCycleFacts,
  HOUR,
  type Instant,
  MINUTE,
  momentOf,
  type RecordedFact,
  toIso,
  verdictsOfCycle,
} from './index.js';

/** By node and priority: what the walk knows of the policy. */
const TARGETS = { water: 3 * HOUR, power: 5 * HOUR, urgentPower: HOUR };
const targetOf = (callTree: string, priority: string): number =>
  callTree === 'water' ? TARGETS.water : priority === 'urgent' ? TARGETS.urgentPower : TARGETS.power;
const policy = policyOf({
  resolution: [
    { callTree: 'water', target: 'PT3H' },
    { callTree: 'power', target: 'PT5H' },
    { callTree: 'power', priority: 'urgent', target: 'PT1H' },
  ],
});

interface Step {
  readonly choice: number;
  readonly minutesLater: number;
}

const steps = fc.array(fc.record({ choice: fc.nat(1000), minutesLater: fc.integer({ min: 1, max: 420 }) }), {
  minLength: 2,
  maxLength: 24,
  size: 'max',
});

/** A withdrawal ends the story; it is tried less often than the rest. */
function commandsToTry(state: ComplaintState, choice: number): ComplaintCommand['type'][] {
  if (!state.exists) return ['receive'];
  const possible = commandsPossibleIn(state.status).filter(
    (type) => type !== 'escalate' && (type !== 'withdraw' || choice % 10 === 0),
  );
  const first = choice % Math.max(1, possible.length);
  return [...possible.slice(first), ...possible.slice(0, first)];
}

/** What the decider accepted, as the log holds it. */
function historyOf(begin: Instant, tried: readonly Step[]): RecordedFact[] {
  const log = new EventsInOrder();
  const facts: RecordedFact[] = [];
  let state: ComplaintState = initialState;
  let at = begin;
  for (const { choice, minutesLater } of tried) {
    at = (at + minutesLater * MINUTE) as Instant;
    const decision = firstAccepted(state, choice, at);
    for (const event of decision?.events ?? []) {
      const fact = log.complaint('c-1', event, decision?.occurredAt ?? '');
      facts.push(fact);
      state = evolve(state, fact);
    }
  }
  return facts;
}

function firstAccepted(state: ComplaintState, choice: number, at: Instant) {
  for (const type of commandsToTry(state, choice)) {
    const bodies = type === 'receive' ? [{ ...receiveBody, contactedAt: toIso(at) }] : GOOD_BODIES[type];
    for (const actor of ACTORS) {
      const data = bodies[choice % bodies.length];
      const command = { type, data, actor, now: toIso(at), importing: false } as ComplaintCommand;
      const decision = decide(command, state, context);
      if (decision.ok && decision.events.length > 0) return decision;
    }
  }
  return undefined;
}

/** As the read side does it: fold the log, keep each cycle when the next one begins. */
function foldedCycles(history: readonly RecordedFact[]): CycleFacts[] {
  const cycles: CycleFacts[] = [];
  let current: CycleFacts | undefined;
  for (const fact of history) {
    if (fact.type === 'ComplaintReopened' && current !== undefined) {
      cycles.push({ ...current, reopened: momentOf(fact) });
    }
    current = foldCycleFacts(current, fact);
  }
  return current === undefined ? cycles : [...cycles, current];
}

const lives = fc
  .constantFrom(...TURNING_POINTS)
  .chain((moment) => fc.tuple(calendarsAround(moment), minuteAround(moment), steps));

describe('clocks folded from the log of a random life', () => {
  it('read as a walk from minute to minute through the same life', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(lives, ([definition, begin, tried]) => {
        const history = historyOf(begin, tried);
        for (const { type } of history) seen.add(type);
        const calendar = compileCalendar(definition);
        const now = (begin + tried.reduce((sum, step) => sum + step.minutesLater, 60) * MINUTE) as Instant;
        const horizon = (now + 3 * DAY) as Instant;
        const walked = walkedCycles(history, minuteWalk(definition), targetOf, now, horizon);
        const rules = { policy, calendar, pathOfNode: (node: string) => [node] };
        const read = foldedCycles(history).map((facts) => {
          const { resolution, approval, survey } = verdictsOfCycle(facts, rules, now);
          const due = resolution.due !== null && resolution.due <= horizon ? resolution.due : null;
          return {
            target: resolution.target,
            due,
            elapsed: resolution.elapsed,
            approval: approval?.elapsed ?? null,
            survey: survey?.elapsed ?? null,
          };
        });
        expect(read).toEqual(walked);
      }),
      { numRuns: 40 },
    );
    // A history without these would prove little.
    const telling = ['ClockPaused', 'ClockResumed', 'ResolutionRejected', 'ComplaintReopened'];
    expect([...seen]).toEqual(
      expect.arrayContaining([...telling, 'ComplaintCategorised', 'PriorityChanged']),
    );
  }, 30_000);
});
