import { at, complaint, cycle, HOUR, march } from '../testing/facts.fixtures.js';
import type { ComplaintFact, JudgeableCycle } from '../facts.js';
import { TooManyGroupsError } from '../grouping/groups.js';
import { aggregate, type ReportFrame } from '../report-frame.js';
import { registrationCompliance } from './registration-compliance.js';

function registered(
  elapsed: number,
  compliant: boolean | null,
  about: Partial<ComplaintFact<JudgeableCycle>> = {},
): ComplaintFact {
  const registration = { elapsed, compliant, due: null, policyVersion: 1 };
  return complaint({ cycles: [cycle({ registration })], ...about });
}

const report = (facts: readonly ComplaintFact[], about: Partial<ReportFrame> = {}) =>
  aggregate(facts, registrationCompliance(march(about)));

describe('Registration compliance', () => {
  it('counts what was within and late, with times in unrounded seconds', async () => {
    const { total, groups, ruledBy } = await report([
      registered(600_000, true),
      registered(900_001, false),
      registered(300_000, true, { channel: 'email' }),
      registered(4 * HOUR, null, { channel: 'social' }),
    ]);
    expect(total).toEqual({
      n: 4,
      within: 2,
      late: 1,
      unjudged: 1,
      compliance: 2 / 3,
      mean: (600 + 900.001 + 300 + 14_400) / 4,
      median: (600 + 900.001) / 2,
      // Position 2.7 of [300, 600, 900.001, 14400].
      p90: expect.closeTo(900.001 + 0.7 * (14_400 - 900.001), 8),
      max: 14_400,
    });
    expect(groups.map(({ key, n, compliance }) => [key, n, compliance])).toEqual([
      ['email', 1, 1],
      ['phone', 2, 0.5],
      ['social', 1, null],
    ]);
    expect(ruledBy).toEqual([{ version: 1, n: 4 }]);
  });

  it('takes what was received from the first instant of the period up to, not including, its last', async () => {
    const { total } = await report([
      registered(0, true, { receivedAt: '2026-02-28T23:59:59.999Z' }),
      registered(0, true, { receivedAt: at('03-01T00:00') }),
      registered(0, true, { receivedAt: '2026-03-31T23:59:59.999Z' }),
      registered(0, true, { receivedAt: at('04-01T00:00') }),
    ]);
    expect(total.n).toBe(2);
  });

  it('has figures without values where nothing was counted', async () => {
    expect(await report([])).toMatchObject({
      total: { n: 0, within: 0, late: 0, compliance: null, mean: null, median: null, p90: null, max: null },
      groups: [],
    });
  });

  it('groups by two things at once, those without a value last', async () => {
    const { groups } = await report(
      [
        registered(0, true, { team: null }),
        registered(0, true),
        registered(0, true, { receivedAt: at('03-20T10:00') }),
      ],
      { groupBy: ['team', 'week'] },
    );
    expect(groups.map(({ key, keys, n }) => [key, keys, n])).toEqual([
      ['plumbing/2026-W10', { team: 'plumbing', week: '2026-W10' }, 1],
      ['plumbing/2026-W12', { team: 'plumbing', week: '2026-W12' }, 1],
      ['(none)/2026-W10', { team: null, week: '2026-W10' }, 1],
    ]);
  });

  it('lets months begin in the zone that was asked for', async () => {
    const facts = [registered(0, true, { receivedAt: at('03-31T22:30') })];
    const keys = async (timeZone: string) =>
      (await report(facts, { groupBy: ['month'], timeZone })).groups[0]?.key;
    expect([await keys('UTC'), await keys('Europe/Istanbul')]).toEqual(['2026-03', '2026-04']);
  });

  it('groups by the call tree at the depth that was asked for', async () => {
    const facts = [registered(0, true), registered(0, true, { callTree: 'other' })];
    const keys = async (depth?: number) =>
      (await report(facts, { groupBy: ['callTree'], depth })).groups.map(({ key }) => key);
    expect(await keys()).toEqual(['defects-plumbing', 'other']);
    expect(await keys(1)).toEqual(['defects', 'other']);
    expect(await keys(2)).toEqual(['defects-plumbing', 'other']);
  });

  it('lets a node that lies higher than the depth stand for itself, in a tree of any depth', async () => {
    const paths: Record<string, string[]> = {
      tap: ['tap', 'sink', 'bath', 'home'],
      sink: ['sink', 'bath', 'home'],
    };
    const facts = [registered(0, true, { callTree: 'tap' }), registered(0, true, { callTree: 'sink' })];
    const keys = async (depth: number) =>
      (
        await report(facts, { groupBy: ['callTree'], depth, nodePath: (code) => paths[code] ?? [code] })
      ).groups.map(({ key }) => key);
    expect(await keys(2)).toEqual(['bath']);
    expect(await keys(4)).toEqual(['sink', 'tap']);
    expect(await keys(9)).toEqual(['sink', 'tap']);
  });

  it('refuses more groups than an answer can hold', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) =>
      registered(0, true, { project: `project ${index}` }),
    );
    await expect(report(many.slice(1), { groupBy: ['project'] })).resolves.toBeDefined();
    await expect(report(many, { groupBy: ['project'] })).rejects.toThrow(TooManyGroupsError);
  });
});
