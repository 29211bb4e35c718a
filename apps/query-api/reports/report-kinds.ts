import type { Dimension } from '#libs/reports/index.js';

export const REPORT_KINDS = [
  'registration-compliance',
  'resolution-compliance',
  'satisfaction',
  'escalations',
  'workload',
  'root-causes',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

interface ReportDescription {
  readonly summary: string;
  /** What `groupBy` may name; the default is what stands in `grouped`. */
  readonly dimensions: readonly Dimension[];
  readonly grouped: readonly Dimension[];
}

const COMMON = ['channel', 'callTree', 'category', 'team', 'project', 'priority', 'month', 'week'] as const;

export const REPORTS: Readonly<Record<ReportKind, ReportDescription>> = {
  'registration-compliance': {
    summary: 'Recorded within the channel’s target; complaints received in the period',
    dimensions: [...COMMON, 'officer'],
    grouped: ['channel'],
  },
  'resolution-compliance': {
    summary: 'Resolved within the target; accepted resolutions entered in the period, open late ones apart',
    dimensions: [...COMMON, 'officer'],
    grouped: ['callTree'],
  },
  satisfaction: {
    summary: 'Scores, response rate and calls; surveys ended in the period',
    dimensions: [...COMMON, 'officer'],
    grouped: ['month'],
  },
  escalations: {
    summary: 'Escalations in the period',
    dimensions: [...COMMON, 'level'],
    grouped: ['level', 'callTree'],
  },
  workload: {
    summary: 'Open by age at the end of the period, and what came and went in it',
    dimensions: COMMON,
    grouped: ['team'],
  },
  'root-causes': {
    summary: 'Pareto of causes; complaints received in the period',
    dimensions: [...COMMON, 'officer'],
    grouped: ['category'],
  },
};
