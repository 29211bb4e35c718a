import type { CycleFacts, Instant } from '#libs/service-time/index.js';
import type { ComplaintFact, JudgeableCycle, SurveyedComplaintFact, SurveyFact } from '../facts.js';
import type { ReportFrame } from '../report-frame.js';

export const HOUR = 3_600_000;

/** `03-02T10:00` of 2026, UTC. */
export function at(text: string): string {
  return `2026-${text}:00.000Z`;
}

export function instant(text: string): Instant {
  return Date.parse(at(text)) as Instant;
}

/** March 2026, asked for long after it. */
export function march(about: Partial<ReportFrame> = {}): ReportFrame {
  return {
    from: at('03-01T00:00'),
    to: at('04-01T00:00'),
    now: at('12-01T00:00'),
    groupBy: ['channel'],
    timeZone: 'UTC',
    nodePath: (code) => (code.includes('-') ? [code, code.split('-')[0] ?? code] : [code]),
    ...about,
  };
}

export function cycle(about: Partial<JudgeableCycle> = {}, facts: Partial<CycleFacts> = {}): JudgeableCycle {
  const started = instant('03-02T10:00');
  const { startedAt = at('03-02T10:00'), team = 'plumbing' } = about;
  return {
    cycle: 1,
    startedAt,
    team,
    callTree: 'defects-plumbing',
    category: 'pipe',
    priority: 'normal',
    resolvedAt: null,
    resolvedBy: null,
    withdrawnAt: null,
    registration: null,
    resolution: null,
    stays: [{ team, from: startedAt, to: null, endedBy: null }],
    ...about,
    facts: {
      cycle: 1,
      channel: 'phone',
      started: { at: started },
      placements: [{ at: started, callTree: 'defects-plumbing', priority: 'normal' }],
      pauses: [],
      resolutions: [],
      ...facts,
    },
  };
}

export function complaint(about: Partial<ComplaintFact<JudgeableCycle>> = {}): ComplaintFact<JudgeableCycle> {
  return {
    _id: '019c0000-0000-7000-8000-000000000001',
    reference: 'SK-2026-000001',
    channel: 'phone',
    project: 'Bahçekent',
    team: 'plumbing',
    callTree: 'defects-plumbing',
    category: 'pipe',
    priority: 'normal',
    receivedAt: at('03-02T10:00'),
    receivedBy: 'ayse',
    cycles: [cycle()],
    escalations: [],
    ...about,
  };
}

export function survey(about: Partial<SurveyFact> = {}): SurveyFact {
  return {
    team: 'plumbing',
    callTree: 'defects-plumbing',
    category: 'pipe',
    resolvedBy: 'mehmet',
    closedAt: at('03-02T10:00'),
    calls: [],
    unreachedAt: null,
    surveyedAt: null,
    scores: null,
    overall: null,
    reopenedAt: null,
    ...about,
  };
}

export function surveyed(...surveys: readonly SurveyFact[]): SurveyedComplaintFact {
  return { channel: 'phone', project: 'Bahçekent', priority: 'normal', surveys };
}
