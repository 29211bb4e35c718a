import {
  ayse,
  fatma,
  given,
  mehmet,
  selim,
  stateAfter,
  told,
  zeynep,
} from '#libs/testing/complaint-stories.js';

const result = { outcome: 'fixed', explanation: 'Conta değişti' } as const;

describe('Resolving', () => {
  it("is the officer's who has it open", () => {
    given(...told.open)
      .when('resolve', { ...result, category: 'pipe' }, { by: mehmet })
      .then({ type: 'ComplaintResolved', data: { ...result, category: 'pipe', onTheSpot: false } });
  });

  it('needs the activity to be opened first', () => {
    given(...told.routed)
      .when('resolve', result, { by: mehmet })
      .thenRejected('illegal-transition', { status: 'routed' });
  });

  it('is refused to officers of other teams, whatever the status', () => {
    given(...told.open)
      .when('resolve', result, { by: zeynep })
      .thenRejected('not-your-team');
    given(...told.closed)
      .when('resolve', result, { by: zeynep })
      .thenRejected('not-your-team');
  });

  it.each([ayse, selim])('happens on the spot by call management while no team has it: $sub', (by) => {
    given(...told.received)
      .when('resolve', result, { by })
      .then({ type: 'ComplaintResolved', data: { ...result, onTheSpot: true } });
  });

  it('is not on the spot any more when a team has it, nor for an officer before', () => {
    given(...told.routed)
      .when('resolve', result, { by: ayse })
      .thenRejected('illegal-transition');
    given(...told.open)
      .when('resolve', result, { by: ayse })
      .thenRejected('not-your-team');
    given(...told.received)
      .when('resolve', result, { by: mehmet })
      .thenRejected('not-your-team');
  });

  it.each(['', '   ', '\n\t', '\u00a0'])('refuses a result without an explanation: %j', (explanation) => {
    given(...told.open)
      .when('resolve', { ...result, explanation }, { by: mehmet })
      .thenRejected('required', { errors: [{ pointer: '/explanation', detail: expect.any(String) }] });
  });

  it('refuses an unknown category', () => {
    given(...told.open)
      .when('resolve', { ...result, category: 'x' }, { by: mehmet })
      .thenRejected('unknown-category');
  });
});

describe('Judging a result', () => {
  /** An agent who is an officer too: the same sub in another role. */
  const mehmetAsAgent = { ...ayse, sub: 'mehmet' };

  it('confirms it', () => {
    given(...told.resolved)
      .when('confirm', { note: ' ' }, { by: ayse })
      .then({ type: 'ResolutionConfirmed', data: {} });
  });

  it('rejects it with a reason', () => {
    given(...told.resolved)
      .when('reject', { reason: 'Hâlâ damlıyor' }, { by: ayse })
      .then({ type: 'ResolutionRejected', data: { reason: 'Hâlâ damlıyor' } });
    given(...told.resolved)
      .when('reject', { reason: '' }, { by: ayse })
      .thenRejected('required');
  });

  it('is not for who entered it, in whatever role', () => {
    given(...told.resolved)
      .when('confirm', {}, { by: mehmetAsAgent })
      .thenRejected('four-eyes', { kind: 'not-allowed' });
    given(...told.resolved)
      .when('reject', { reason: 'x' }, { by: mehmetAsAgent })
      .thenRejected('four-eyes');
  });

  it('is for who entered it on the spot, and for a colleague', () => {
    for (const by of [ayse, fatma]) {
      given(...told.resolvedOnTheSpot)
        .when('confirm', {}, { by })
        .then({ type: 'ResolutionConfirmed', data: {} });
    }
  });

  it('is not for officers', () => {
    given(...told.resolved)
      .when('confirm', {}, { by: zeynep })
      .thenRejected('wrong-role');
  });

  it('happens once', () => {
    given(...told.confirmed)
      .when('confirm', {}, { by: ayse })
      .thenRejected('illegal-transition');
    given(...told.open)
      .when('reject', { reason: 'x' }, { by: ayse })
      .thenRejected('illegal-transition');
  });

  it('puts a rejected result back with the team, or with call management when none has it', () => {
    const rejection = { by: ayse, type: 'ResolutionRejected', data: { reason: 'x' } } as const;
    expect(stateAfter(...told.resolved, rejection)).toMatchObject({ status: 'open', team: 'plumbing' });
    expect(stateAfter(...told.resolvedOnTheSpot, rejection)).toMatchObject({
      status: 'received',
      onTheSpot: false,
    });
  });
});
