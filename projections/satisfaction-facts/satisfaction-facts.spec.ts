import type { Actor, ComplaintEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import { EventsInOrder, reception } from '#libs/testing/recorded-events.js';
import type { SatisfactionFacts } from './satisfaction-facts.document.js';
import { foldSatisfactionFacts } from './satisfaction-facts.fold.js';

const mehmet: Actor = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };
const day = (number: number): string => `2026-03-0${number}T10:00:00.000Z`;

const first: readonly [ComplaintEvent, Actor?][] = [
  [reception({ receivedAt: day(1), category: 'pipe' })],
  [{ type: 'ComplaintRouted', data: { team: 'plumbing' } }],
  [
    {
      type: 'ComplaintResolved',
      data: { outcome: 'fixed', explanation: 'sealed:explanation', onTheSpot: false, category: 'seal' },
    },
    mehmet,
  ],
  [{ type: 'ResolutionConfirmed', data: {} }],
  [{ type: 'ComplaintClosed', data: {} }],
  [{ type: 'SurveyAttempted', data: { outcome: 'no-answer', attempt: 1, unreached: false } }],
];
const survey: ComplaintEvent = {
  type: 'SatisfactionSurveyed',
  data: {
    scores: { solution: 5, technique: null, attention: 4, quality: 3, duration: 2 },
    overall: 4,
    comment: 'sealed:comment',
    questionnaireVersion: '1',
  },
};

/** A fact a day, from 1 March on. */
function fold(...told: readonly (readonly [ComplaintEvent, Actor?])[]): Folded<SatisfactionFacts> {
  const order = new EventsInOrder();
  const facts = told.reduce<Folded<SatisfactionFacts> | null>(
    (before, [event, by], index) =>
      foldSatisfactionFacts(before, order.complaint('c-1', event, day(index + 1), { by })),
    null,
  );
  if (facts === null) throw new Error('nothing was received');
  return facts;
}

describe('The facts of satisfaction', () => {
  it('hold the answers of a survey, whose work it was about, and the calls before it', () => {
    expect(fold(...first, [survey]).surveys).toMatchObject([
      {
        cycle: 1,
        team: 'plumbing',
        category: 'seal',
        resolvedBy: 'mehmet',
        resolvedAt: day(3),
        closedAt: day(5),
        calls: [{ outcome: 'no-answer', at: day(6) }],
        unreachedAt: null,
        surveyedAt: day(7),
        overall: 4,
        scores: { technique: null, solution: 5 },
      },
    ]);
  });

  it('hold no comment', () => {
    expect(JSON.stringify(fold(...first, [survey]))).not.toContain('sealed');
  });

  it('tell that nobody was reached', () => {
    const last: ComplaintEvent = {
      type: 'SurveyAttempted',
      data: { outcome: 'busy', attempt: 2, unreached: true },
    };
    expect(fold(...first, [last]).surveys[0]).toMatchObject({ unreachedAt: day(7), surveyedAt: null });
  });

  it('ask anew in each cycle', () => {
    const again: ComplaintEvent = { type: 'ComplaintReopened', data: { cycle: 2, reason: 'sealed:reason' } };
    const { surveys } = fold(...first, [again]);
    expect(surveys).toMatchObject([
      { cycle: 1, reopenedAt: day(7) },
      { cycle: 2, team: null, resolvedBy: null, closedAt: null, calls: [], category: 'seal' },
    ]);
  });
});
