import type { ComplaintFact } from '../facts.js';
import { aggregate } from '../report-frame.js';
import { at, complaint, cycle, march } from '../testing/facts.fixtures.js';
import { rootCauses } from './root-causes.js';

const report = (facts: readonly ComplaintFact[]) =>
  aggregate(facts, rootCauses(march({ groupBy: ['category'] })));

const by = (category: string | null, about: Partial<ComplaintFact> = {}): ComplaintFact => ({
  ...complaint({ category }),
  ...about,
});
const judged = (compliant: boolean) =>
  cycle({ resolution: { elapsed: 1, due: null, compliant, policyVersion: 1 } });

describe('Root causes', () => {
  it('come most frequent first, with their shares and the line of Pareto', async () => {
    const { total, groups } = await report([by('pipe'), by('seal'), by('seal'), by(null)]);
    expect(total.n).toBe(4);
    expect(groups.map(({ key, n, share, cumulativeShare }) => [key, n, share, cumulativeShare])).toEqual([
      ['seal', 2, 0.5, 0.5],
      ['pipe', 1, 0.25, 0.75],
      ['(none)', 1, 0.25, 1],
    ]);
  });

  it('count what was received in the period, its first instant and not its last', async () => {
    const { total } = await report([
      by('pipe', { receivedAt: at('03-01T00:00') }),
      by('pipe', { receivedAt: at('04-01T00:00') }),
      by('pipe', { receivedAt: at('02-28T23:59') }),
    ]);
    expect(total.n).toBe(1);
  });

  it('tell what was re-opened, what escalated, and what was late in any of its cycles', async () => {
    const { total } = await report([
      by('pipe', { cycles: [judged(false), judged(true)] }),
      by('pipe', { cycles: [judged(true)] }),
      by('pipe', {
        escalations: [
          {
            level: 1,
            occurredAt: at('03-03T10:00'),
            lateBySeconds: 0,
            policyVersion: 1,
            team: null,
            callTree: 'defects-plumbing',
            category: null,
            priority: 'normal',
          },
        ],
      }),
    ]);
    expect(total).toEqual({ n: 3, escalated: 1, reopened: 1, late: 1 });
  });

  it('of nothing are none', async () => {
    expect(await report([])).toEqual({ total: { n: 0, escalated: 0, reopened: 0, late: 0 }, groups: [] });
  });
});
