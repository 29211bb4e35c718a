import type { ReportKind } from '../report-kinds.js';

const FRAME = {
  from: '2025-12-31T21:00:00.000Z',
  to: '2026-03-31T21:00:00.000Z',
  asOf: null,
  position: '00000000000000204800-00000000000000204800',
  policy: { inForce: 1, ruledBy: [{ version: 1, n: 3 }] },
  timeZone: 'Europe/Istanbul',
};

const COMPLIANCE = {
  n: 3,
  within: 2,
  late: 1,
  unjudged: 0,
  compliance: 2 / 3,
  mean: 640,
  median: 600,
  p90: 888,
  max: 960,
};

const SHARE = { count: 2, n: 3, share: 2 / 3, low: 0.207655, high: 0.938509 };
const SCORE = { n: 3, mean: 4, topTwoBox: SHARE, distribution: [0, 0, 1, 1, 1] };

const SATISFACTION = {
  n: 3,
  overall: SCORE,
  dimensions: { solution: SCORE, technique: SCORE, attention: SCORE, quality: SCORE, duration: SCORE },
  responses: { n: 4, complete: 3, refused: 0, notContacted: 1, other: 0, unknown: 0, rate: 0.75, pending: 2 },
  attempts: {
    'no-answer': 3,
    busy: 0,
    refused: 0,
    'call-back': 1,
    'wrong-number': 0,
    unreachable: 0,
    answered: 3,
  },
};

const ESCALATIONS = {
  n: 2,
  complaints: 2,
  byLevel: { '1': 2 },
  lateBy: { n: 2, mean: 0.6, median: 0.6, p90: 0.92, max: 1 },
};

const WORKLOAD = {
  open: 4,
  awaitingApproval: 1,
  openLate: 1,
  ageing: { '0-1': 2, '1-3': 1, '3-7': 0, '7-14': 1, '14-30': 0, '30+': 0 },
  arrived: 12,
  resolved: 7,
  passedOn: 1,
  withdrawn: 0,
  stay: { n: 8, mean: 86_400, median: 82_800, p90: 140_400, max: 172_800 },
};

const CAUSE = { n: 3, escalated: 1, reopened: 0, late: 1 };

function example(total: object, keys: Readonly<Record<string, string>>, more: object = {}): object {
  const key = Object.values(keys).join('/');
  return { ...FRAME, groupBy: Object.keys(keys), total, groups: [{ key, keys, ...total, ...more }] };
}

/** For the description of the interface. */
export const REPORT_EXAMPLES: Readonly<Record<ReportKind, object>> = {
  'registration-compliance': example(COMPLIANCE, { channel: 'phone' }),
  'resolution-compliance': example({ ...COMPLIANCE, openLate: 1 }, { callTree: 'defects-plumbing' }),
  satisfaction: example(SATISFACTION, { month: '2026-03' }),
  escalations: example(ESCALATIONS, { level: '1', callTree: 'defects-plumbing' }),
  workload: example(WORKLOAD, { team: 'plumbing' }),
  'root-causes': example(CAUSE, { category: 'material' }, { share: 1, cumulativeShare: 1 }),
};
