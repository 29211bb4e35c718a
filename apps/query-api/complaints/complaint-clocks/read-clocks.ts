import {
  compiledCalendar,
  compiledPolicy,
  nodePath,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import {
  clocksOfCycle,
  formatDuration,
  SECOND,
  toIso,
  type ClockReading,
  type ClockStatus,
  type CycleClocks,
  type CycleRules,
  type Instant,
  type ResolutionReading,
} from '#libs/service-time/index.js';
import type { CycleRecord, JudgedClock } from '#projections/sla-facts/index.js';
import type { ClockView } from './complaint-clocks.body.js';

const CLOCKS = ['registration', 'resolution', 'approval', 'survey'] as const;
type ClockName = (typeof CLOCKS)[number];

/** Every clock of a cycle that has been judged, read by the versions of policy and calendar that judged it. */
export function readClocks(cycle: CycleRecord, model: ConfigurationModel, now: Instant): ClockView[] {
  return CLOCKS.flatMap((name) => {
    const judged = cycle[name];
    const rules = judged === null ? undefined : rulesThatJudged(judged, cycle, model);
    if (judged === null || rules === undefined) return [];
    const reading = clocksOfCycle(cycle.facts, rules, now)[name];
    return reading === null ? [] : [clockBody(name, cycle.cycle, judged, reading)];
  });
}

function rulesThatJudged(
  { policyVersion, calendarVersion }: JudgedClock,
  cycle: CycleRecord,
  model: ConfigurationModel,
): CycleRules | undefined {
  const policy = model.policies.find(({ version }) => version === policyVersion)?.data;
  if (policy === undefined) return undefined;
  const versions = model.calendars.history.get(policy.calendar) ?? [];
  // A registration names no calendar: it runs in wall time, and any will do.
  const version = calendarVersion ?? cycle.resolution?.calendarVersion;
  const calendar = versions.find((one) => one.version === version) ?? versions.at(-1);
  if (calendar === undefined) return undefined;
  return {
    policy: compiledPolicy(policy),
    calendar: compiledCalendar(calendar.data),
    pathOfNode: (node) => nodePath(model, node),
  };
}

function clockBody(
  clock: ClockName,
  cycle: number,
  judged: JudgedClock,
  reading: ClockReading | CycleClocks['resolution'],
): ClockView {
  // A verdict that was given stands, even where the call tree would give another target today.
  const target = judged.final ? judged.target : reading.target;
  const due = judged.final ? judged.due : reading.due === null ? null : toIso(reading.due);
  return {
    clock,
    cycle,
    kind: reading.kind,
    target: target === null ? null : formatDuration(target),
    start: toIso(reading.start),
    stop: reading.stop === null ? null : toIso(reading.stop),
    due,
    dueUnknown: judged.final ? judged.dueUnknown : reading.dueUnknown,
    elapsed: reading.elapsed / SECOND,
    remaining: target === null ? null : Math.max(0, target - reading.elapsed) / SECOND,
    status: statusOf(judged, reading.status),
    compliant: judged.final ? judged.compliant : reading.compliant,
    policyVersion: judged.policyVersion,
    calendar: judged.calendar,
    calendarVersion: judged.calendarVersion,
    ledger: reading.ledger.map(({ from, to, state, by, counted }) => ({
      from: toIso(from),
      to: toIso(to),
      state,
      by,
      counted: counted / SECOND,
    })),
    ...(clock === 'resolution' ? changesOf(reading as ResolutionReading) : {}),
  };
}

/** `reading` is by the call tree of today, which may have moved since the verdict. */
function statusOf({ final, stop, target, compliant }: JudgedClock, read: ClockStatus): ClockStatus {
  if (!final || stop === null || read === 'abandoned') return read;
  if (target === null) return 'stopped';
  return compliant === false ? 'breached' : 'met';
}

function changesOf({ targets, escalations }: ResolutionReading): Pick<ClockView, 'targets' | 'escalations'> {
  return {
    targets: targets.map(({ at, by, callTree, priority, ruled, due, passed }) => ({
      at: toIso(at),
      by,
      callTree,
      priority,
      target: ruled === null ? null : formatDuration(ruled.target),
      /** The line of the policy that gave it. */
      ruledBy: ruled === null ? null : { callTree: ruled.callTree, priority: ruled.priority },
      due: due === null ? null : toIso(due),
      passed,
    })),
    escalations: escalations.map(({ level, at, rule, notify }) => ({ level, at: toIso(at), rule, notify })),
  };
}
