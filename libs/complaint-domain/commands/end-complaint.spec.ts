import {
  ayse,
  context,
  fatma,
  given,
  hour,
  mehmet,
  pausing,
  selim,
  stateAfter,
  told,
} from '#libs/testing/complaint-stories.js';

const reason = { reason: 'Yine damlıyor' };

describe('Closing', () => {
  it('follows the confirmation, and nothing else', () => {
    given(...told.confirmed)
      .when('close', { note: 'Bilgi verildi' }, { by: ayse })
      .then({ type: 'ComplaintClosed', data: { note: 'Bilgi verildi' } });
    given(...told.resolved)
      .when('close', {}, { by: ayse })
      .thenRejected('illegal-transition', { status: 'resolved' });
    given(...told.confirmed)
      .when('close', {}, { by: mehmet })
      .thenRejected('wrong-role');
  });
});

describe('Withdrawing', () => {
  it.each(['received', 'routed', 'open', 'resolved', 'confirmed'] as const)(
    'is possible before closing: %s',
    (status) => {
      given(...told[status])
        .when('withdraw', reason, { by: selim })
        .then({ type: 'ComplaintWithdrawn', data: reason });
    },
  );

  it.each(['closed', 'surveyed', 'withdrawn'] as const)('is not possible after: %s', (status) => {
    given(...told[status])
      .when('withdraw', reason, { by: selim })
      .thenRejected('illegal-transition', { status });
  });

  it('says why', () => {
    given(...told.open)
      .when('withdraw', { reason: ' ' }, { by: ayse })
      .thenRejected('required');
  });

  it('is the end: only notes, categories and priorities follow', () => {
    given(...told.withdrawn)
      .when('reopen', reason, { by: selim })
      .thenRejected('illegal-transition', {
        possible: ['categorise', 'prioritise', 'recordFollowUp'],
      });
  });
});

describe('Re-opening', () => {
  // Closed at hour 5; the survey of `told.surveyed` came at hour 6.
  const windowEnds = Date.parse(hour(5)) + context.policy.reopenWindowMs;
  const lastMoment = new Date(windowEnds).toISOString();
  const tooLate = new Date(windowEnds + 1).toISOString();

  it.each(['closed', 'surveyed'] as const)('begins a new cycle: %s', (status) => {
    given(...told[status])
      .when('reopen', reason, { by: ayse })
      .then({ type: 'ComplaintReopened', data: { cycle: 2, ...reason } });
  });

  it.each(['closed', 'surveyed'] as const)(
    'is for an agent to the last moment of the window: %s',
    (status) => {
      const complaint = given(...told[status]);
      expect(complaint.when('reopen', reason, { by: fatma, now: lastMoment }).decision.ok).toBe(true);
      complaint.when('reopen', reason, { by: fatma, now: tooLate }).thenRejected('reopen-window-passed', {
        kind: 'not-allowed',
      });
      expect(complaint.when('reopen', reason, { by: selim, now: tooLate }).decision.ok).toBe(true);
    },
  );

  it('needs something that was closed, and a reason', () => {
    given(...told.confirmed)
      .when('reopen', reason, { by: selim })
      .thenRejected('illegal-transition');
    given(...told.closed)
      .when('reopen', { reason: '' }, { by: selim })
      .thenRejected('required');
  });

  it('starts from nothing but what is known of the complaint', () => {
    const reopening = { by: ayse, type: 'ComplaintReopened', data: { cycle: 2, ...reason } } as const;
    expect(stateAfter(told.received[0], pausing, ...told.closed.slice(1), reopening)).toEqual({
      exists: true,
      id: '01912d68-783e-7a2f-8d3b-6b1f6f0c9a10',
      reference: 'SK-2024-000001',
      customerRef: 'M-1',
      status: 'received',
      cycle: 2,
      cycleStartedAt: hour(7),
      paused: false,
      escalationLevel: 0,
      priority: 'normal',
      callTree: 'water',
      onTheSpot: false,
      surveyAttempts: 0,
      surveyEnded: false,
      lastToldAt: hour(7),
    });
  });
});
