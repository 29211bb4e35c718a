import { at, complaint, cycle, HOUR, instant, march } from '../testing/facts.fixtures.js';
import { compileCalendar, compilePolicy } from '#libs/service-time/index.js';
import { calendarDefined, policyPublished } from '#libs/testing/recorded-events.js';
import type { JudgeableCycle } from '../facts.js';
import { aggregate, type ReportFrame } from '../report-frame.js';
import { judgeAgainBy, type JudgeCycle } from './judge-again.js';
import { resolutionCompliance } from './resolution-compliance.js';

function resolved(resolvedAt: string, elapsed: number, compliant: boolean | null): JudgeableCycle {
  const resolution = { elapsed, compliant, due: at('03-03T10:00'), policyVersion: 1 };
  return cycle({ resolvedAt, resolvedBy: 'mehmet', resolution });
}

function open(
  due: string | null,
  about: Partial<JudgeableCycle> = {},
  facts: Partial<JudgeableCycle['facts']> = {},
): JudgeableCycle {
  return cycle({ resolution: { elapsed: null, compliant: null, due, policyVersion: 1 }, ...about }, facts);
}

const report = (cycles: readonly JudgeableCycle[], about: Partial<ReportFrame> = {}, judge?: JudgeCycle) =>
  aggregate(
    cycles.map((one) => complaint({ cycles: [one] })),
    resolutionCompliance(march({ groupBy: ['team'], ...about }), judge),
  );

describe('Resolution compliance', () => {
  it('counts by the moment of the accepted resolution', async () => {
    const { total } = await report([
      resolved(at('03-03T09:00'), 7 * HOUR, true),
      resolved(at('03-03T11:00'), 9 * HOUR, false),
      resolved(at('04-01T00:00'), 9 * HOUR, false),
    ]);
    expect(total).toMatchObject({ n: 2, within: 1, late: 1, mean: 8 * 3600, openLate: 1 });
  });

  it('counts each cycle of a complaint', async () => {
    const cycles = [resolved(at('03-03T09:00'), HOUR, true), resolved(at('03-20T09:00'), HOUR, true)];
    const { total } = await aggregate([complaint({ cycles })], resolutionCompliance(march()));
    expect(total.n).toBe(2);
  });

  it('shows apart what is still open and already late at the end, not what is due at that very moment', async () => {
    const justLate = open('2026-03-31T23:59:59.999Z');
    const atTheEnd = open(at('04-01T00:00'));
    const { total, groups } = await report([justLate, atTheEnd, open(null)]);
    expect(total).toMatchObject({ n: 0, late: 0, openLate: 1 });
    expect(groups).toMatchObject([{ key: 'plumbing', n: 0, openLate: 1 }]);
  });

  it('does not foretell: within a period that has not ended, late is what is late now', async () => {
    const { total } = await report([open(at('03-10T00:00')), open(at('03-20T00:00'))], {
      now: at('03-15T00:00'),
    });
    expect(total.openLate).toBe(1);
  });

  it('waits for the verdict on a result that was entered in time', async () => {
    const entered = (moment: string) =>
      open(at('03-10T00:00'), {}, { resolutions: [{ at: instant(moment), verdict: 'pending' }] });
    expect((await report([entered('03-10T00:00')])).total.openLate).toBe(0);
    expect((await report([entered('03-10T00:01')])).total.openLate).toBe(1);
  });

  it('judges again, too, what is still open and late', async () => {
    const judge = judgeAgainBy(
      () => ({
        policy: compilePolicy(policyPublished().data as Parameters<typeof compilePolicy>[0]),
        calendar: compileCalendar(calendarDefined().data as Parameters<typeof compileCalendar>[0]),
        pathOfNode: () => ['defects'],
      }),
      at('12-01T00:00'),
    );
    const { total } = await report([open(null), open(at('03-10T00:00'))], {}, judge);
    expect([total.openLate, total.judgedAgain?.openLate]).toEqual([1, 2]);
  });

  it('counts what is open and late with the team that had it at the end, whoever got it later', async () => {
    const stays = [
      { team: 'plumbing', from: at('03-02T10:00'), to: at('04-02T10:00'), endedBy: 'routed' as const },
      { team: 'electrical', from: at('04-02T10:00'), to: null, endedBy: null },
    ];
    const { groups } = await report([open(at('03-10T00:00'), { team: 'electrical', stays })]);
    expect(groups).toMatchObject([{ key: 'plumbing', openLate: 1 }]);
  });

  it('leaves out what was withdrawn by then', async () => {
    expect((await report([open(at('03-10T00:00'), { withdrawnAt: at('03-20T00:00') })])).total.openLate).toBe(
      0,
    );
    expect((await report([open(at('03-10T00:00'), { withdrawnAt: at('04-01T00:00') })])).total.openLate).toBe(
      1,
    );
  });

  it('judges again by another calendar beside the verdict then, and tells which differ', async () => {
    const policy = policyPublished().data;
    const oneHourADay = calendarDefined({ hours: { tuesday: [['09:00', '10:00']] } }).data;
    const judge = judgeAgainBy(
      () => ({
        policy: compilePolicy(policy as Parameters<typeof compilePolicy>[0]),
        calendar: compileCalendar(oneHourADay as Parameters<typeof compileCalendar>[0]),
        pathOfNode: () => ['defects'],
      }),
      at('12-01T00:00'),
    );
    // Monday 10:00 to Tuesday 11:00 is 9 h by the usual calendar, of 8 allowed; by the other it is the one on Tuesday.
    const moment = { at: instant('03-03T11:00'), verdict: 'accepted' } as const;
    const late = { ...resolved(at('03-03T11:00'), 9 * HOUR, false) };
    const again = cycle(late, { resolutions: [moment] });
    const { total, differing } = await report([again], {}, judge);
    expect(differing).toMatchObject({
      n: 1,
      items: [{ reference: 'SK-2026-000001', then: { verdict: 'late' }, again: { verdict: 'within' } }],
    });
    expect(total).toMatchObject({
      n: 1,
      late: 1,
      mean: 9 * 3600,
      judgedAgain: { n: 1, within: 1, late: 0, mean: 3600, differ: 1 },
    });
  });
});
