import { formatDuration } from '../duration/parse-duration.js';
import { Instant, SECOND, toIso } from '../instant.js';
import { EventRef } from './clock-input.js';
import { CycleClocks, ResolutionReading } from './clocks-of-cycle.js';
import { ClockReading, ClockStatus } from './compute-clock.js';
import { LedgerSpan } from './ledger.js';
import { Preview } from './preview.js';

/** As the API shows them: moments in ISO 8601, targets as durations, figures in seconds, unrounded. */
export interface PresentedSpan {
  readonly from: string;
  readonly to: string;
  readonly state: LedgerSpan['state'];
  readonly by: EventRef | null;
  readonly counted: number;
}

export interface PresentedClock {
  readonly kind: 'wall' | 'business';
  readonly status: ClockStatus;
  readonly target: string | null;
  readonly start: string;
  readonly stop: string | null;
  readonly due: string | null;
  readonly dueUnknown: ClockReading['dueUnknown'];
  readonly elapsed: number;
  readonly remaining: number | null;
  readonly late: boolean;
  readonly compliant: boolean | null;
  readonly startedBy: EventRef | null;
  readonly stoppedBy: EventRef | null;
  readonly ledger: readonly PresentedSpan[];
}

export interface PresentedTarget {
  readonly at: string;
  readonly by: EventRef | null;
  readonly callTree: string;
  readonly priority: string;
  readonly target: string | null;
  readonly ruledBy: { readonly callTree: string; readonly priority: string | null } | null;
  readonly due: string | null;
  readonly passed: boolean;
}

export interface PresentedResolution extends PresentedClock {
  readonly ruledBy: PresentedTarget['ruledBy'];
  readonly targets: readonly PresentedTarget[];
  readonly escalations: readonly {
    readonly level: number;
    readonly at: string;
    readonly rule: string;
    readonly notify: readonly string[];
  }[];
}

export interface PresentedCycle {
  readonly cycle: number;
  readonly registration: PresentedClock | null;
  readonly resolution: PresentedResolution;
  readonly approval: PresentedClock | null;
  readonly survey: PresentedClock | null;
}

export function presentLedger(ledger: readonly LedgerSpan[]): PresentedSpan[] {
  return ledger.map(({ from, to, state, by, counted }) => ({
    from: toIso(from),
    to: toIso(to),
    state,
    by,
    counted: counted / SECOND,
  }));
}

export function presentClock(clock: ClockReading): PresentedClock {
  return {
    kind: clock.kind,
    status: clock.status,
    target: clock.target === null ? null : formatDuration(clock.target),
    start: toIso(clock.start),
    stop: iso(clock.stop),
    due: iso(clock.due),
    dueUnknown: clock.dueUnknown,
    elapsed: clock.elapsed / SECOND,
    remaining: clock.remaining === null ? null : clock.remaining / SECOND,
    late: clock.late,
    compliant: clock.compliant,
    startedBy: clock.startedBy,
    stoppedBy: clock.stoppedBy,
    ledger: presentLedger(clock.ledger),
  };
}

export function presentCycle(clocks: CycleClocks): PresentedCycle {
  const optional = (clock: ClockReading | null): PresentedClock | null =>
    clock === null ? null : presentClock(clock);
  return {
    cycle: clocks.cycle,
    registration: optional(clocks.registration),
    resolution: presentResolution(clocks.resolution),
    approval: optional(clocks.approval),
    survey: optional(clocks.survey),
  };
}

export function presentPreview({ due, dueUnknown, elapsed, compliant, ledger }: Preview): {
  readonly due: string | null;
  readonly dueUnknown: Preview['dueUnknown'];
  readonly elapsed: number;
  readonly compliant: boolean | null;
  readonly ledger: readonly PresentedSpan[];
} {
  return { due: iso(due), dueUnknown, elapsed, compliant, ledger: presentLedger(ledger) };
}

function presentResolution(clock: ResolutionReading): PresentedResolution {
  return {
    ...presentClock(clock),
    ruledBy: ruledBy(clock.ruled),
    targets: clock.targets.map(({ at, by, callTree, priority, ruled, due, passed }) => ({
      at: toIso(at),
      by,
      callTree,
      priority,
      target: ruled === null ? null : formatDuration(ruled.target),
      ruledBy: ruledBy(ruled),
      due: iso(due),
      passed,
    })),
    escalations: clock.escalations.map(({ level, at, rule, notify }) => ({
      level,
      at: toIso(at),
      rule,
      notify,
    })),
  };
}

function ruledBy(ruled: ResolutionReading['ruled']): PresentedTarget['ruledBy'] {
  return ruled === null ? null : { callTree: ruled.callTree, priority: ruled.priority };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : toIso(at);
}
