import { parseDuration } from '../duration/parse-duration.js';
import { Problem } from '../problem.js';
import { countedAtLevel, EscalationAt, parseEscalationAt } from './escalation-at.js';
import { SlaPolicyDefinition } from './policy-definition.js';

export const MOST_LEVELS = 10;

/** `team:plumbing` is that team, `team` the one that has the complaint; other names are the settings' business. */
const ONE_TEAM = /^team:(.*)$/s;

/** Levels count 1, 2, 3 …, each later than the one before, and none before the clock begins, for every target. */
export function problemsOfEscalation(definition: SlaPolicyDefinition, teams: ReadonlySet<string>): Problem[] {
  const { escalation } = definition;
  if (escalation.length > MOST_LEVELS) {
    return [{ pointer: '/escalation', detail: `more than ${MOST_LEVELS} levels`, code: 'absurd' }];
  }
  const problems: Problem[] = [];
  const moments: (EscalationAt | undefined)[] = [];
  escalation.forEach(({ level, at, notify }, index) => {
    const pointer = `/escalation/${index}`;
    if (level !== index + 1) {
      const code = escalation.slice(0, index).some((other) => other.level === level) ? 'overlap' : 'gap';
      const detail = `level ${level} stands where level ${index + 1} is expected`;
      problems.push({ pointer: `${pointer}/level`, detail, code });
    }
    const parsed = parseEscalationAt(at);
    if (!parsed.ok) problems.push({ pointer: `${pointer}/at`, detail: parsed.reason, code: 'malformed' });
    moments.push(parsed.ok ? parsed.at : undefined);
    if (notify.length === 0 || notify.some((whom) => whom.trim() === '')) {
      problems.push({ pointer: `${pointer}/notify`, detail: 'names nobody to tell', code: 'malformed' });
    }
    notify.forEach((whom, place) => {
      const team = ONE_TEAM.exec(whom)?.[1];
      if (team === undefined || teams.has(team)) return;
      const detail = `there is no team ${team}`;
      problems.push({ pointer: `${pointer}/notify/${place}`, detail, code: 'unknown' });
    });
  });
  return [...problems, ...problemsOfOrder(definition, moments)];
}

function problemsOfOrder(
  { resolution }: SlaPolicyDefinition,
  moments: readonly (EscalationAt | undefined)[],
): Problem[] {
  const problems: Problem[] = [];
  moments.forEach((moment, index) => {
    const before = moments[index - 1];
    for (const { target: text, callTree } of resolution) {
      const target = parseDuration(text);
      if (!target.ok || moment === undefined) continue;
      const counted = countedAtLevel(moment, target.milliseconds);
      if (counted <= 0) {
        const detail = `lies at or before the start of the clock for ${callTree}, whose target is ${text}`;
        problems.push({ pointer: `/escalation/${index}/at`, detail, code: 'absurd' });
        break;
      }
      if (before !== undefined && counted <= countedAtLevel(before, target.milliseconds)) {
        const detail = `is not later than the level before it for ${callTree}, whose target is ${text}`;
        problems.push({ pointer: `/escalation/${index}/at`, detail, code: 'overlap' });
        break;
      }
    }
  });
  return problems;
}
