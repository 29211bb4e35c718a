import type { EscalatedComplaintFact, EscalationFact } from '../facts.js';
import { aggregate, type ReportFrame } from '../report-frame.js';
import { at, complaint as stood, march } from '../testing/facts.fixtures.js';
import { escalations } from './escalations.js';

function escalation(level: number, occurredAt: string, about: Partial<EscalationFact> = {}): EscalationFact {
  return {
    level,
    occurredAt,
    lateBySeconds: 0,
    policyVersion: 1,
    team: 'plumbing',
    callTree: 'defects-plumbing',
    category: null,
    priority: 'normal',
    ...about,
  };
}

function complaint(...all: readonly EscalationFact[]): EscalatedComplaintFact {
  return { channel: 'phone', project: null, escalations: all };
}

const report = (facts: readonly EscalatedComplaintFact[], about: Partial<ReportFrame> = {}) =>
  aggregate(facts, escalations(march({ groupBy: ['level'], ...about })));

describe('The report of escalations', () => {
  it('counts levels from the first instant of the period up to, not including, its last', async () => {
    const { total } = await report([
      complaint(escalation(1, at('02-28T23:59')), escalation(2, at('03-01T00:00'))),
      complaint(escalation(1, at('03-31T23:59')), escalation(2, at('04-01T00:00'))),
    ]);
    expect(total).toMatchObject({ n: 2, complaints: 2, byLevel: { 1: 1, 2: 1 } });
  });

  it('counts a complaint once however many levels it went through, in the total and in each group', async () => {
    const twice = complaint(escalation(1, at('03-02T10:00')), escalation(2, at('03-03T10:00')));
    const { total, groups } = await report([twice, complaint(escalation(1, at('03-04T10:00')))], {
      groupBy: ['callTree'],
    });
    expect(total).toMatchObject({ n: 3, complaints: 2, byLevel: { 1: 2, 2: 1 } });
    expect(groups).toMatchObject([{ key: 'defects-plumbing', n: 3, complaints: 2 }]);
  });

  it('groups by node and team as they stood then, and by levels', async () => {
    const moved = stood({
      team: 'roofs',
      callTree: 'roofs-leak',
      escalations: [
        escalation(1, at('03-02T10:00')),
        escalation(2, at('03-03T10:00'), { team: 'electrical', callTree: 'defects-electrical' }),
      ],
    });
    const keys = async (about: Partial<ReportFrame>) =>
      (await report([moved], about)).groups.map(({ key, n }) => [key, n]);
    expect(await keys({ groupBy: ['level', 'callTree'] })).toEqual([
      ['1/defects-plumbing', 1],
      ['2/defects-electrical', 1],
    ]);
    expect(await keys({ groupBy: ['callTree'], depth: 1 })).toEqual([['defects', 2]]);
    expect(await keys({ groupBy: ['team'] })).toEqual([
      ['electrical', 1],
      ['plumbing', 1],
    ]);
  });

  it('tells how late the system acted, and which policies ruled', async () => {
    const { total, ruledBy } = await report([
      complaint(escalation(1, at('03-02T10:00'), { lateBySeconds: 30 })),
      complaint(escalation(1, at('03-02T11:00'), { policyVersion: 2 })),
    ]);
    expect(total.lateBy).toEqual({ n: 2, mean: 15, median: 15, p90: 27, max: 30 });
    expect(ruledBy).toEqual([
      { version: 1, n: 1 },
      { version: 2, n: 1 },
    ]);
  });
});
