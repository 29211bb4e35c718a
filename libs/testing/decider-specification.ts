import type { Decision } from '#libs/complaint-domain/index.js';

/** A pure decision core: what a command leads to, and what facts add up to. */
export interface Decider<Command, State, Event, Fact> {
  readonly initialState: State;
  decide(this: void, command: Command, state: State): Decision<Event>;
  evolve(this: void, state: State, fact: Fact): State;
}

export interface Outcome<Event> {
  /** Exactly these facts. */
  then(...events: readonly Event[]): void;
  /** Refused with this code; more of the rejection may be given to be compared. */
  thenRejected(code: string, rejection?: object): void;
  readonly decision: Decision<Event>;
}

export interface Given<Command, Event> {
  when(command: Command): Outcome<Event>;
}

/** given(facts).when(command).then(facts) or .thenRejected(code). State and command are frozen: a decision changes neither. */
export function specificationOf<Command, State, Event, Fact>(
  decider: Decider<Command, State, Event, Fact>,
): (...facts: readonly Fact[]) => Given<Command, Event> {
  return (...facts) => ({
    when(command) {
      const state = facts.reduce(
        (before, fact) => deepFreeze(decider.evolve(before, fact)),
        decider.initialState,
      );
      const decision = decider.decide(deepFreeze(command), state);
      return {
        decision,
        then: (...events) => {
          expect(decision).toMatchObject({ ok: true });
          expect(decision.ok && decision.events).toEqual(events);
        },
        thenRejected: (code, rejection = {}) => {
          expect(decision).toMatchObject({ ok: false, rejection: { code, ...rejection } });
        },
      };
    },
  });
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
