import fc from 'fast-check';
import type { JudgeableCycle, ComplaintFact } from '../facts.js';
import { registrationCases, resolutionCases } from '../cohorts/cases.js';
import { asJudgedThen, type JudgeCycle } from '../cohorts/judge-again.js';
import { resolutionCompliance } from '../cohorts/resolution-compliance.js';
import { at, complaint, cycle, HOUR, march } from '../testing/facts.fixtures.js';
import { FlipPage, type FlipPlace } from './flip-page.js';
import { whatIf } from './what-if.js';

const moment = fc.integer({ min: 1, max: 28 }).map((day) => at(`03-${String(day).padStart(2, '0')}T10:00`));
const target = fc.option(moment, { nil: null });

/** Resolved in March or still open, ruled by a due moment then and by another one in the draft. */
const judged = fc.record({
  id: fc.uuid(),
  team: fc.constantFrom('plumbing', 'electrical', null),
  resolvedAt: fc.option(moment, { nil: null }),
  due: target,
  draft: target,
});
const histories = fc.uniqueArray(judged, { selector: ({ id }) => id, maxLength: 40 });

type Judged = typeof judged extends fc.Arbitrary<infer Value> ? Value : never;

const verdict = (resolvedAt: string | null, due: string | null) => ({
  due,
  elapsed: resolvedAt === null ? null : Date.parse(resolvedAt) - Date.parse(at('03-01T00:00')),
  compliant: due === null || resolvedAt === null ? null : resolvedAt <= due,
});

const drafts = new WeakMap<JudgeableCycle, string | null>();
const byDraft: JudgeCycle = (one) => verdict(one.resolvedAt, drafts.get(one) ?? null);

function factOf({ id, team, resolvedAt, due, draft }: Judged): ComplaintFact<JudgeableCycle> {
  const startedAt = at('03-01T00:00');
  const resolution = { ...verdict(resolvedAt, due), policyVersion: 1 };
  const one = cycle({ team, startedAt, resolvedAt, resolution });
  drafts.set(one, draft);
  return complaint({ _id: id, team, cycles: [one] });
}

const frame = march({ groupBy: ['team'] });

function judgedBy(judge: JudgeCycle, complaints: readonly ComplaintFact<JudgeableCycle>[]) {
  const comparison = whatIf(frame, resolutionCases(frame, judge));
  const flips = complaints.flatMap((one) => comparison.add(one));
  return { flips, ...comparison.finish() };
}

describe('What-if', () => {
  it('under the rules that ruled flips nothing, and equals the report', () => {
    fc.assert(
      fc.property(histories, (all) => {
        const complaints = all.map(factOf);
        const { flips, total, groups } = judgedBy(asJudgedThen, complaints);
        const report = resolutionCompliance(frame);
        for (const one of complaints) report.add(one);
        const told = report.finish();
        expect(flips).toEqual([]);
        expect(total).toMatchObject({ then: told.total, again: told.total, flips: { n: 0 } });
        expect(groups.map(({ key, then }) => ({ key, ...then }))).toMatchObject(
          told.groups.map(({ keys: _, ...figures }) => figures),
        );
      }),
    );
  });

  it('adds up: what flips between verdicts is what they differ by, in the total and over the groups', () => {
    fc.assert(
      fc.property(histories, (all) => {
        const { flips, total, groups } = judgedBy(byDraft, all.map(factOf));
        const between = (from: string, to: string) =>
          flips.filter(({ then, again }) => then.verdict === from && again.verdict === to).length;
        expect(total.flips.n).toBe(flips.length);
        expect(total.again.within - total.then.within).toBe(
          between('late', 'within') +
            between('unjudged', 'within') -
            between('within', 'late') -
            between('within', 'unjudged'),
        );
        expect(total.again.openLate - total.then.openLate).toBe(
          between('open', 'open-late') - between('open-late', 'open'),
        );
        expect(total.again.n).toBe(total.then.n);
        expect(groups.reduce((sum, group) => sum + group.flips.n, 0)).toBe(flips.length);
        expect(groups.reduce((sum, group) => sum + group.again.late, 0)).toBe(total.again.late);
      }),
    );
  });

  it('does not depend on the order in which complaints come', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (all, turn) => {
        const complaints = all.map(factOf);
        const cut = all.length === 0 ? 0 : turn % all.length;
        const turned = [...complaints.slice(cut), ...complaints.slice(0, cut)];
        const [one, other] = [judgedBy(byDraft, complaints), judgedBy(byDraft, turned)];
        expect(other.total.flips).toEqual(one.total.flips);
        expect(other.groups).toEqual(one.groups);
        const pageOf = (flips: typeof one.flips) => {
          const page = new FlipPage(3);
          for (const flip of flips) page.add(flip);
          return page.finish();
        };
        expect(pageOf(other.flips)).toEqual(pageOf(one.flips));
      }),
    );
  });

  it.each([
    ['late to within', { resolvedAt: '03-05', due: '03-04', draft: '03-06' }, 'toWithin'],
    ['within to late', { resolvedAt: '03-05', due: '03-06', draft: '03-04' }, 'toLate'],
    ['open and late to open', { resolvedAt: null, due: '03-04', draft: null }, 'toWithin'],
    ['open to open and late', { resolvedAt: null, due: null, draft: '03-04' }, 'toLate'],
    ['a target that appears', { resolvedAt: '03-05', due: null, draft: '03-06' }, 'other'],
    ['a target that goes', { resolvedAt: '03-05', due: '03-04', draft: null }, 'other'],
  ] as const)('counts %s apart from other flips', (_, { resolvedAt, due, draft }, side) => {
    const day = (text: string | null): string | null => text && at(`${text}T10:00`);
    const one = { id: 'x', team: null, resolvedAt: day(resolvedAt), due: day(due), draft: day(draft) };
    const { flips } = judgedBy(byDraft, [factOf(one)]).total;
    expect(flips).toEqual({ n: 1, toWithin: 0, toLate: 0, other: 0, [side]: 1 });
  });

  it('pages through every flip once, in the order of the complaints', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const { flips } = judgedBy(byDraft, all.map(factOf));
        const seen: string[] = [];
        let after: FlipPlace | undefined;
        do {
          const page = new FlipPage(limit, after);
          for (const flip of flips) page.add(flip);
          const list = page.finish();
          expect([list.n, list.items.length <= limit]).toEqual([flips.length, true]);
          seen.push(...list.items.map(({ id }) => id));
          after = list.next ?? undefined;
        } while (after !== undefined);
        expect(seen).toEqual(flips.map(({ id }) => id).sort());
      }),
    );
  });

  it('judges registrations of complaints received in the period', () => {
    const registration = { elapsed: HOUR, compliant: false, due: at('03-02T09:15'), policyVersion: 1 };
    const lenient: JudgeCycle = () => ({ elapsed: HOUR, compliant: true, due: at('03-02T11:00') });
    const comparison = whatIf(frame, registrationCases(frame, lenient));
    const flips = comparison.add(complaint({ cycles: [cycle({ registration })] }));
    expect(flips).toMatchObject([{ then: { verdict: 'late', elapsed: 3600 }, again: { verdict: 'within' } }]);
    expect(comparison.finish().total.flips).toEqual({ n: 1, toWithin: 1, toLate: 0, other: 0 });
  });
});
