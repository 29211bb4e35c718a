import { at, complaint, cycle, instant, march } from '../testing/facts.fixtures.js';
import type { StayFact } from '../facts.js';
import type { Dimension } from '../grouping/dimensions.js';
import { aggregate, type ReportFrame } from '../report-frame.js';
import { escalations } from './escalations.js';
import { rootCauses } from './root-causes.js';
import { workload } from './workload.js';

describe('Groups of codes', () => {
  it('say what these are called, and nothing of what is no code', async () => {
    const namesOf: ReportFrame['namesOf'] = (dimension, code) =>
      dimension === 'team' && code === 'plumbing' ? { tr: 'Tesisat', en: 'Plumbing' } : undefined;
    const facts = [complaint({ cycles: [cycle()] }), complaint({ cycles: [cycle({ team: null })] })];
    const namesBy = async (...groupBy: Dimension[]) =>
      (await aggregate(facts, workload(march({ groupBy, namesOf })))).groups.map(({ names }) => names);
    expect(await namesBy('team', 'channel')).toEqual([
      { team: { tr: 'Tesisat', en: 'Plumbing' } },
      { team: null },
    ]);
    expect(await namesBy('channel')).toEqual([undefined]);
  });
});

describe('The workload of teams', () => {
  const stay = (
    team: string | null,
    from: string,
    to: string | null,
    endedBy: StayFact['endedBy'],
  ): StayFact => ({
    team,
    from: at(from),
    to: to === null ? null : at(to),
    endedBy,
  });

  it('is what came, what was done, and what is left by age', async () => {
    const facts = [
      complaint({
        cycles: [
          cycle({
            resolvedAt: at('03-04T13:00'),
            stays: [
              stay(null, '03-02T10:00', '03-02T11:00', 'routed'),
              stay('electric', '03-02T11:00', '03-02T13:00', 'routed'),
              stay('plumbing', '03-02T13:00', '03-04T13:00', 'resolved'),
            ],
          }),
        ],
      }),
      complaint({
        cycles: [
          cycle({
            startedAt: at('03-25T00:00'),
            stays: [stay('plumbing', '03-29T10:00', null, null)],
            resolution: { elapsed: null, compliant: null, due: at('03-30T10:00'), policyVersion: 1 },
          }),
        ],
      }),
      complaint({ cycles: [cycle({ stays: [stay('plumbing', '02-01T10:00', '04-01T00:00', 'resolved')] })] }),
    ];
    const { groups } = await aggregate(facts, workload(march({ groupBy: ['team'] })));
    expect(groups).toMatchObject([
      { key: 'electric', open: 0, arrived: 1, passedOn: 1, resolved: 0, stay: { n: 1, mean: 7200 } },
      {
        key: 'plumbing',
        open: 2,
        openLate: 1,
        ageing: { '0-1': 0, '1-3': 0, '3-7': 0, '7-14': 1, '14-30': 1, '30+': 0 },
        arrived: 2,
        resolved: 1,
        stay: { n: 1, max: 2 * 86_400 },
      },
      { key: '(none)', arrived: 1, passedOn: 1 },
    ]);
  });
});

describe('What a team has handed in', () => {
  const handedIn = (verdict: 'pending' | 'rejected', decided?: string) =>
    complaint({
      cycles: [
        cycle(
          { resolution: { elapsed: null, compliant: null, due: at('03-03T10:00'), policyVersion: 1 } },
          {
            resolutions: [
              {
                at: instant('03-04T10:00'),
                verdict,
                ...(decided !== undefined && { decided: { at: instant(decided) } }),
              },
            ],
          },
        ),
      ],
    });

  it.each([
    ['is not checked yet', handedIn('pending'), 1],
    ['is rejected later', handedIn('rejected', '04-01T00:00'), 1],
    ['was rejected', handedIn('rejected', '03-31T23:59'), 0],
  ])('stays open and late while it %s', async (_what, fact, awaitingApproval) => {
    const { total } = await aggregate([fact], workload(march()));
    expect(total).toMatchObject({ open: 1, openLate: 1, awaitingApproval });
  });
});

describe('Root causes', () => {
  it('come most frequent first, with the share that they make up together', async () => {
    const of = (category: string | null) => complaint({ category });
    const facts = [of('wire'), of('pipe'), of('pipe'), of(null), of('pipe')];
    const { groups, total } = await aggregate(facts, rootCauses(march({ groupBy: ['category'] })));
    expect(total.n).toBe(5);
    expect(groups.map(({ key, n, share, cumulativeShare }) => [key, n, share, cumulativeShare])).toEqual([
      ['pipe', 3, 0.6, 0.6],
      ['wire', 1, 0.2, 0.8],
      ['(none)', 1, 0.2, 1],
    ]);
  });
});

describe('Escalations', () => {
  it('count by level and node, each complaint once', async () => {
    const level = (number: number, occurredAt: string, lateBySeconds: number) => ({
      level: number,
      occurredAt: at(occurredAt),
      lateBySeconds,
      policyVersion: 1,
      team: 'plumbing',
      callTree: 'defects-plumbing',
      category: null,
      priority: 'normal' as const,
    });
    const facts = [
      complaint({ escalations: [level(1, '03-02T16:00', 1), level(2, '03-03T10:00', 3)] }),
      complaint({ escalations: [level(1, '03-05T10:00', 2), level(2, '04-01T00:00', 9)] }),
    ];
    const { total, groups } = await aggregate(
      facts,
      escalations(march({ groupBy: ['level', 'callTree'], depth: 1 })),
    );
    expect(total).toMatchObject({
      n: 3,
      complaints: 2,
      byLevel: { 1: 2, 2: 1 },
      lateBy: { mean: 2, max: 3 },
    });
    expect(groups.map(({ key, n, complaints }) => [key, n, complaints])).toEqual([
      ['1/defects', 2, 2],
      ['2/defects', 1, 1],
    ]);
  });
});
