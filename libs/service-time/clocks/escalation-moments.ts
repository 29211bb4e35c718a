import { Instant } from '../instant.js';
import { CompiledLevel } from '../policy/compile-policy.js';
import { countedAtLevel } from '../policy/escalation-at.js';
import { calendarOf, ClockInput } from './clock-input.js';
import { reachedAt, stretchesOf } from './stretches.js';

export interface EscalationMoment {
  readonly level: number;
  readonly at: Instant;
  /** The policy's own words, e.g. "PT2H after". */
  readonly rule: string;
  readonly notify: readonly string[];
}

/**
 * When each level is reached, in the clock's own time less its pauses. Left out: levels behind a pause that has no end
 * yet, and levels that a finished clock was not past when it stopped. A clock is past a moment strictly after it, as it
 * is late strictly after due: act on a moment when `at < now`.
 */
export function escalationMoments(clock: ClockInput, levels: readonly CompiledLevel[]): EscalationMoment[] {
  return [...momentsInTurn(clock, levels)];
}

/** The first of them, without computing the others. */
export function nextEscalationMoment(
  clock: ClockInput,
  levels: readonly CompiledLevel[],
): EscalationMoment | undefined {
  const first = momentsInTurn(clock, levels).next();
  return first.done ? undefined : first.value;
}

function* momentsInTurn(
  clock: ClockInput,
  levels: readonly CompiledLevel[],
): Generator<EscalationMoment, undefined> {
  const { target, stop } = clock;
  if (target === undefined) return;
  const calendar = calendarOf(clock);
  const stretches = stretchesOf(clock.start, clock.startedBy, clock.pauses ?? []);
  for (const { level, at, text, notify } of levels) {
    const reached = reachedAt(stretches, calendar, Math.max(0, countedAtLevel(at, target)));
    if (!reached.found || (stop !== undefined && reached.at >= stop)) continue;
    yield { level, at: reached.at, rule: text, notify };
  }
}
