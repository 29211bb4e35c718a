import { CHANNELS, PRIORITIES } from '#libs/event-contracts/index.js';
import { BusinessCalendar, HORIZON_YEARS } from '../calendar/business-calendar.js';
import { durationOf, parseDuration } from '../duration/parse-duration.js';
import { Instant, parseInstant } from '../instant.js';
import { Problem } from '../problem.js';
import { CallTree, pathOf } from './call-tree.js';
import { compilePolicy } from './compile-policy.js';
import { SlaPolicyDefinition } from './policy-definition.js';
import { problemsOfEscalation } from './validate-escalation.js';

export interface KnownConfiguration {
  readonly nodes: CallTree;
  readonly teams: ReadonlySet<string>;
  /** undefined where there is no calendar of this code. */
  readonly calendar: (code: string) => BusinessCalendar | undefined;
  /** From when on targets have to be reachable: the policy's publication. */
  readonly now: Instant;
}

export const MOST_SURVEY_ATTEMPTS = 20;

/**
 * What a policy's publisher must mend. A channel without a registration target is not a problem: it is not measured. An
 * active call-tree node for which no line applies is one (`code: 'gap'`), since its complaints could never be late.
 */
export function validatePolicy(definition: SlaPolicyDefinition, known: KnownConfiguration): Problem[] {
  const shape = [
    ...problemsOfFrame(definition, known),
    ...problemsOfRegistration(definition),
    ...problemsOfResolution(definition, known.nodes),
    ...problemsOfEscalation(definition, known.teams),
  ];
  // What these find can be told only once the lines themselves are right.
  return shape.length > 0 ? shape : [...gapsOf(definition, known.nodes), ...neverUsedUp(definition, known)];
}

function problemsOfFrame(definition: SlaPolicyDefinition, known: KnownConfiguration): Problem[] {
  const { effectiveFrom, calendar, approval, survey, reopenWindow, surveyAttempts } = definition;
  const problems: Problem[] = [];
  if (effectiveFrom !== undefined && parseInstant(effectiveFrom) === undefined) {
    problems.push({
      pointer: '/effectiveFrom',
      detail: `${effectiveFrom.slice(0, 40)} is not an ISO 8601 time with an offset`,
      code: 'malformed',
    });
  }
  if (known.calendar(calendar) === undefined) {
    problems.push({ pointer: '/calendar', detail: `there is no calendar ${calendar}`, code: 'unknown' });
  }
  if (approval !== undefined) problems.push(...problemsOfTarget(approval, '/approval'));
  if (survey !== undefined) problems.push(...problemsOfTarget(survey, '/survey'));
  // A window of zero is sensible: every re-opening then needs a supervisor.
  const window = parseDuration(reopenWindow, { allowZero: true });
  if (!window.ok) problems.push({ pointer: '/reopenWindow', detail: window.reason, code: 'absurd' });
  if (!Number.isInteger(surveyAttempts) || surveyAttempts < 1 || surveyAttempts > MOST_SURVEY_ATTEMPTS) {
    problems.push({
      pointer: '/surveyAttempts',
      detail: `${surveyAttempts} is not a whole number from 1 to ${MOST_SURVEY_ATTEMPTS}`,
      code: 'absurd',
    });
  }
  return problems;
}

function problemsOfTarget(text: string, pointer: string): Problem[] {
  const parsed = parseDuration(text);
  return parsed.ok ? [] : [{ pointer, detail: parsed.reason, code: 'absurd' }];
}

function problemsOfRegistration({ registration }: SlaPolicyDefinition): Problem[] {
  return Object.entries(registration).flatMap(([channel, target]): Problem[] => {
    const pointer = `/registration/${channel}`;
    if (!(CHANNELS as readonly string[]).includes(channel)) {
      return [{ pointer, detail: `${channel} is not a channel`, code: 'unknown' }];
    }
    return problemsOfTarget(target, pointer);
  });
}

function problemsOfResolution({ resolution }: SlaPolicyDefinition, nodes: CallTree): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  resolution.forEach(({ callTree, priority, target }, index) => {
    const pointer = `/resolution/${index}`;
    if (!nodes.has(callTree)) {
      problems.push({
        pointer: `${pointer}/callTree`,
        detail: `there is no call-tree node ${callTree}`,
        code: 'unknown',
      });
    }
    if (priority !== undefined && !(PRIORITIES as readonly string[]).includes(priority)) {
      problems.push({
        pointer: `${pointer}/priority`,
        detail: `${priority} is not a priority (${PRIORITIES.join(', ')})`,
        code: 'unknown',
      });
    }
    const key = JSON.stringify([callTree, priority ?? null]);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const what = priority === undefined ? callTree : `${callTree} at priority ${priority}`;
      problems.push({ pointer, detail: `/resolution/${earlier} rules ${what} already`, code: 'overlap' });
    }
    seen.set(key, index);
    problems.push(...problemsOfTarget(target, `${pointer}/target`));
  });
  return problems;
}

function gapsOf(definition: SlaPolicyDefinition, nodes: CallTree): Problem[] {
  const policy = compilePolicy(definition);
  const problems: Problem[] = [];
  for (const [code, node] of nodes) {
    if (node.active === false) continue;
    const path = pathOf(nodes, code);
    const without = PRIORITIES.filter((priority) => policy.resolutionTarget(path, priority) === null);
    if (without.length === 0) continue;
    // The gap of a parent is told once, not again for each of its descendants.
    const parent = path.slice(1);
    const inherited =
      parent.length > 0 && without.every((priority) => policy.resolutionTarget(parent, priority) === null);
    if (inherited && nodes.get(parent[0] ?? '')?.active !== false) continue;
    const which = without.length === PRIORITIES.length ? '' : ` at priority ${without.join(', ')}`;
    problems.push({ pointer: '/resolution', detail: `no target applies to ${code}${which}`, code: 'gap' });
  }
  return problems;
}

/** A target that its calendar is not open long enough for, ever: nobody could be late, and nothing would escalate. */
function neverUsedUp(definition: SlaPolicyDefinition, { calendar, now }: KnownConfiguration): Problem[] {
  const { resolution, approval, survey } = definition;
  const open = calendar(definition.calendar);
  const targets: [string, string | undefined][] = [
    ...resolution.map(({ target }, index): [string, string] => [`/resolution/${index}/target`, target]),
    ['/approval', approval],
    ['/survey', survey],
  ];
  return targets.flatMap(([pointer, target]): Problem[] => {
    if (open === undefined || target === undefined || open.dueAt(now, durationOf(target)).found) return [];
    const detail = `${target} is not used up on the calendar ${definition.calendar} within ${HORIZON_YEARS} years`;
    return [{ pointer, detail, code: 'absurd' }];
  });
}
