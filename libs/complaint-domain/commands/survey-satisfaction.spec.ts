import type { SatisfactionScores } from '#libs/event-contracts/index.js';
import { ayse, fatma, given, hour, mehmet, told } from '#libs/testing/complaint-stories.js';

const scores: SatisfactionScores = { solution: 5, technique: 1, attention: 4, quality: 3, duration: null };
const attempt = (count: number, unreached = false) =>
  ({ by: ayse, type: 'SurveyAttempted', data: { outcome: 'no-answer', attempt: count, unreached } }) as const;

describe('Surveying', () => {
  it('records the answers of a closed complaint', () => {
    given(...told.closed)
      .when('recordSurvey', { scores, overall: 4, comment: ' Teşekkürler ' }, { by: ayse })
      .then({
        type: 'SatisfactionSurveyed',
        data: { scores, overall: 4, comment: 'Teşekkürler', questionnaireVersion: '1' },
      });
  });

  it('is possible after attempts, and once', () => {
    expect(
      given(...told.closed, attempt(1), attempt(2)).when('recordSurvey', { scores, overall: 4 }, { by: ayse })
        .decision.ok,
    ).toBe(true);
    given(...told.surveyed)
      .when('recordSurvey', { scores, overall: 4 }, { by: ayse })
      .thenRejected('illegal-transition');
    given(...told.confirmed)
      .when('recordSurvey', { scores, overall: 4 }, { by: ayse })
      .thenRejected('illegal-transition');
  });

  it('is not for who resolved it, on the spot neither', () => {
    given(...told.closed)
      .when('recordSurvey', { scores, overall: 4 }, { by: { ...fatma, sub: 'mehmet' } })
      .thenRejected('four-eyes');
    const onTheSpot = [...told.resolvedOnTheSpot, ...told.closed.slice(4)];
    given(...onTheSpot)
      .when('recordSurvey', { scores, overall: 4 }, { by: ayse })
      .thenRejected('four-eyes');
    expect(given(...onTheSpot).when('recordSurvey', { scores, overall: 4 }, { by: fatma }).decision.ok).toBe(
      true,
    );
    given(...told.closed)
      .when('recordSurvey', { scores, overall: 4 }, { by: mehmet })
      .thenRejected('wrong-role');
  });

  it.each([0, 6, 2.5, '4', undefined])('takes scores from 1 to 5 or none, not %j', (score) => {
    given(...told.closed)
      .when('recordSurvey', { scores: { ...scores, quality: score as never }, overall: 4 }, { by: ayse })
      .thenRejected('score-out-of-range', {
        errors: [{ pointer: '/scores/quality', detail: expect.any(String) }],
      });
  });

  it.each([0, 6, null])('takes an overall score from 1 to 5, not %j', (overall) => {
    given(...told.closed)
      .when('recordSurvey', { scores, overall: overall as never }, { by: ayse })
      .thenRejected('score-out-of-range', { errors: [{ pointer: '/overall', detail: expect.any(String) }] });
  });
});

describe('A survey call without answers', () => {
  it('is counted', () => {
    given(...told.closed, attempt(1))
      .when('recordSurveyAttempt', { outcome: 'busy' }, { by: ayse })
      .then({ type: 'SurveyAttempted', data: { outcome: 'busy', attempt: 2, unreached: false } });
  });

  it('ends the survey as unreached when it is the last that the policy asks for', () => {
    given(...told.closed, attempt(1), attempt(2))
      .when('recordSurveyAttempt', { outcome: 'refused' }, { by: ayse })
      .then({ type: 'SurveyAttempted', data: { outcome: 'refused', attempt: 3, unreached: true } });
  });

  it('is followed by no other then, and by no survey', () => {
    const ended = given(...told.closed, attempt(1), attempt(2), attempt(3, true));
    ended
      .when('recordSurveyAttempt', { outcome: 'busy' }, { by: ayse })
      .thenRejected('survey-ended', { kind: 'illegal-transition', status: 'closed' });
    ended.when('recordSurvey', { scores, overall: 4 }, { by: ayse }).thenRejected('survey-ended');
  });

  it('says when to call back, if and only if that was asked for', () => {
    const closed = given(...told.closed);
    closed.when('recordSurveyAttempt', { outcome: 'call-back', callBackAt: hour(7) }, { by: ayse }).then({
      type: 'SurveyAttempted',
      data: { outcome: 'call-back', attempt: 1, callBackAt: hour(7), unreached: false },
    });
    closed
      .when('recordSurveyAttempt', { outcome: 'call-back', callBackAt: hour(6) }, { by: ayse, now: hour(6) })
      .thenRejected('call-back-not-later', {
        errors: [{ pointer: '/callBackAt', detail: expect.any(String) }],
      });
    closed.when('recordSurveyAttempt', { outcome: 'call-back' }, { by: ayse }).thenRejected('required');
    closed
      .when('recordSurveyAttempt', { outcome: 'busy', callBackAt: hour(7) }, { by: ayse })
      .thenRejected('call-back-only');
  });

  it('comes after closing', () => {
    given(...told.confirmed)
      .when('recordSurveyAttempt', { outcome: 'busy' }, { by: ayse })
      .thenRejected('illegal-transition');
  });
});
