const side = (within: number, late: number) => ({
  n: 3,
  within,
  late,
  unjudged: 0,
  compliance: within / 3,
  mean: 28_800,
  median: 25_200,
  p90: 36_720,
  max: 39_600,
  openLate: 0,
});

const COMPARED = {
  then: side(3, 0),
  again: side(2, 1),
  flips: { n: 1, toWithin: 0, toLate: 1, other: 0 },
};

/** For the description of the interface. */
export const WHAT_IF_EXAMPLE = {
  report: 'resolution-compliance',
  from: '2025-12-31T21:00:00.000Z',
  to: '2026-03-31T21:00:00.000Z',
  asOf: null,
  position: '00000000000000204800-00000000000000204800',
  policy: { inForce: 1, ruledBy: [{ version: 1, n: 3 }] },
  groupBy: ['callTree'],
  timeZone: 'Europe/Istanbul',
  total: COMPARED,
  groups: [{ key: 'defects-plumbing', keys: { callTree: 'defects-plumbing' }, ...COMPARED }],
  flips: {
    items: [
      {
        id: '019c7f3a-5e01-7b6c-9f0a-2f4b8c1d3e5f',
        reference: 'C-4F2K-9QXD-7M3T',
        cycle: 1,
        callTree: 'defects-plumbing',
        priority: 'normal',
        team: 'plumbing',
        resolvedAt: '2026-03-03T13:00:00.000Z',
        then: { verdict: 'within', due: '2026-03-05T10:00:00.000Z', elapsed: 39_600 },
        again: { verdict: 'late', due: '2026-03-03T11:00:00.000Z', elapsed: 39_600 },
      },
    ],
    nextCursor: null,
  },
};
