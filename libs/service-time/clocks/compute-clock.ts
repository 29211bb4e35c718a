import { Instant } from '../instant.js';
import { calendarOf, ClockInput, EventRef } from './clock-input.js';
import { LedgerSpan, ledgerOf } from './ledger.js';
import { countedUntil, isPausedAt, reachedAt, Stretch, stretchesOf } from './stretches.js';

/**
 * `running-late` and `paused-late`: past due and not done. `met` and `breached`: done at or before due, or after it.
 * `stopped`: done without a target to judge it by. `awaiting-approval`: a result stands but is not accepted yet.
 * `abandoned`: ended by something other than its own purpose (withdrawal, re-opening), so there is no verdict.
 */
export type ClockStatus =
  | 'running'
  | 'running-late'
  | 'paused'
  | 'paused-late'
  | 'awaiting-approval'
  | 'met'
  | 'breached'
  | 'stopped'
  | 'abandoned';

/** The figures of a clock without its ledger, for reports over many complaints. Durations in its own kind. */
export interface ClockVerdict {
  readonly kind: 'wall' | 'business';
  readonly target: number | null;
  readonly start: Instant;
  readonly stop: Instant | null;
  /** The earliest instant at which the target is used up; null without a target or while it cannot be told. */
  readonly due: Instant | null;
  readonly dueUnknown: 'no-target' | 'paused' | 'beyond-horizon' | null;
  readonly elapsed: number;
  /** What is left of the target, at least 0; null without a target. */
  readonly remaining: number | null;
  readonly status: ClockStatus;
  /** Done, or still not done, after due. A moment out of hours after due is late although no time was counted since. */
  readonly late: boolean;
  /** null while undecided or without a verdict. */
  readonly compliant: boolean | null;
  readonly startedBy: EventRef | null;
  readonly stoppedBy: EventRef | null;
}

export interface ClockReading extends ClockVerdict {
  readonly ledger: readonly LedgerSpan[];
}

export function judgeClock(input: ClockInput): ClockVerdict {
  return judge(input, stretches(input));
}

export function computeClock(input: ClockInput): ClockReading {
  const parts = stretches(input);
  return { ...judge(input, parts), ledger: ledgerOf(parts, calendarOf(input), input.stop ?? input.now) };
}

function stretches(input: ClockInput): Stretch[] {
  return stretchesOf(input.start, input.startedBy, input.pauses ?? []);
}

function judge(input: ClockInput, parts: readonly Stretch[]): ClockVerdict {
  const calendar = calendarOf(input);
  const end = input.stop ?? input.now;
  const target = input.target ?? null;
  const reached = target === null ? null : reachedAt(parts, calendar, target);
  const due = reached?.found === true ? reached.at : null;
  const elapsed = countedUntil(parts, calendar, end);
  const late = due !== null && end > due;
  const status = statusOf(input, late, isPausedAt(parts, input.now));
  return {
    kind: input.kind,
    target,
    start: input.start,
    stop: input.stop ?? null,
    due,
    dueUnknown: reached === null ? 'no-target' : reached.found ? null : reached.because,
    elapsed,
    remaining: target === null ? null : Math.max(0, target - elapsed),
    status,
    late,
    compliant: late ? false : status === 'met' ? true : null,
    startedBy: input.startedBy ?? null,
    stoppedBy: input.stoppedBy ?? null,
  };
}

function statusOf(input: ClockInput, late: boolean, paused: boolean): ClockStatus {
  if (input.stop !== undefined) {
    if (input.target === undefined) return 'stopped';
    return late ? 'breached' : 'met';
  }
  if (paused) return late ? 'paused-late' : 'paused';
  return late ? 'running-late' : 'running';
}
