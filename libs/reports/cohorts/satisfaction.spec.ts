import type { Score, SurveyAttemptOutcome } from '#libs/event-contracts/index.js';
import { at, march, survey, surveyed } from '../testing/facts.fixtures.js';
import type { SurveyFact } from '../facts.js';
import { aggregate } from '../report-frame.js';
import { satisfaction } from './satisfaction.js';

const report = (...surveys: readonly SurveyFact[]) =>
  aggregate(
    surveys.map((one) => surveyed(one)),
    satisfaction(march()),
  );

function answered(overall: Score, technique: Score | null = 5): SurveyFact {
  const scores = { solution: overall, technique, attention: overall, quality: overall, duration: overall };
  return survey({ surveyedAt: at('03-05T10:00'), overall, scores });
}

function unreached(outcome: SurveyAttemptOutcome): SurveyFact {
  return survey({
    calls: [
      { at: at('03-03T10:00'), outcome: 'no-answer' },
      { at: at('03-04T10:00'), outcome },
    ],
    unreachedAt: at('03-04T10:00'),
  });
}

describe('Satisfaction', () => {
  it('is the share of 4 and 5 with its Wilson interval: 40 of 50 are 80 % [66.96, 88.76]', async () => {
    const { total } = await report(
      ...Array.from({ length: 40 }, () => answered(4)),
      ...Array.from({ length: 10 }, () => answered(3)),
    );
    expect(total.overall).toMatchObject({ n: 50, mean: 3.8, distribution: [0, 0, 10, 40, 0] });
    const { count, n, share, low, high } = total.overall.topTwoBox;
    expect([count, n, share]).toEqual([40, 50, 0.8]);
    expect([low, high].map((bound) => Math.round(Number(bound) * 10_000) / 100)).toEqual([66.96, 88.76]);
  });

  it('leaves a dimension alone where it was not answered', async () => {
    const { total } = await report(answered(4, null), answered(5, 2));
    expect(total.n).toBe(2);
    expect(total.dimensions.solution).toMatchObject({ n: 2, mean: 4.5 });
    expect(total.dimensions.technique).toMatchObject({ n: 1, mean: 2, topTwoBox: { count: 0, n: 1 } });
  });

  it('tells how many were reached, by what the last call met', async () => {
    const { total } = await report(
      answered(5),
      unreached('refused'),
      unreached('busy'),
      unreached('wrong-number'),
      survey(),
    );
    expect(total.responses).toEqual({
      n: 4,
      complete: 1,
      refused: 1,
      notContacted: 1,
      other: 0,
      unknown: 1,
      rate: 0.25,
      pending: 1,
    });
    expect(total.attempts).toMatchObject({
      'no-answer': 3,
      refused: 1,
      busy: 1,
      'wrong-number': 1,
      answered: 1,
    });
  });

  it('counts calls and answers in the period of their own moments', async () => {
    const { total } = await report(
      survey({
        closedAt: at('02-20T10:00'),
        calls: [{ at: at('02-27T10:00'), outcome: 'busy' }],
        surveyedAt: at('03-01T00:00'),
        overall: 5,
      }),
      survey({
        calls: [{ at: at('03-31T10:00'), outcome: 'busy' }],
        surveyedAt: at('04-01T00:00'),
        overall: 1,
      }),
    );
    expect(total).toMatchObject({ n: 1, attempts: { busy: 1, answered: 1 }, responses: { pending: 1 } });
  });

  it('does not wait for an answer about a cycle that was re-opened', async () => {
    expect((await report(survey({ reopenedAt: at('03-20T00:00') }))).total.responses.pending).toBe(0);
  });
});
