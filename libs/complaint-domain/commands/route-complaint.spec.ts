import { ayse, given, mehmet, pausing, stateAfter, told, zeynep } from '#libs/testing/complaint-stories.js';

describe('Routing', () => {
  it('gives a complaint to its first team without a reason', () => {
    given(...told.received)
      .when('route', { team: 'plumbing' }, { by: ayse })
      .then({ type: 'ComplaintRouted', data: { team: 'plumbing' } });
  });

  it.each(['routed', 'open'] as const)('sends it on to another team with a reason: %s', (status) => {
    given(...told[status])
      .when('route', { team: 'electric', reason: 'Sigorta atıyor' }, { by: mehmet })
      .then({
        type: 'ComplaintRouted',
        data: { team: 'electric', previousTeam: 'plumbing', reason: 'Sigorta atıyor' },
      });
  });

  it('asks for the reason once a team has it', () => {
    given(...told.routed)
      .when('route', { team: 'electric' }, { by: mehmet })
      .thenRejected('required', { errors: [{ pointer: '/reason', detail: expect.any(String) }] });
  });

  it('refuses an unknown team, and the team that has it', () => {
    given(...told.received)
      .when('route', { team: 'gardening' }, { by: ayse })
      .thenRejected('unknown-team', { errors: [{ pointer: '/team', detail: expect.any(String) }] });
    given(...told.routed)
      .when('route', { team: 'plumbing', reason: 'x' }, { by: ayse })
      .thenRejected('same-team');
  });

  it('is not for officers of other teams, whatever the status', () => {
    for (const status of ['routed', 'open', 'closed'] as const) {
      given(...told[status])
        .when('route', { team: 'electric', reason: 'x' }, { by: zeynep })
        .thenRejected('not-your-team', { kind: 'not-allowed' });
    }
  });

  it('ends with the result, and says what is possible then', () => {
    given(...told.resolved)
      .when('route', { team: 'electric', reason: 'x' }, { by: ayse })
      .thenRejected('illegal-transition', {
        kind: 'illegal-transition',
        status: 'resolved',
        detail: 'A complaint that is resolved cannot be routed; it would have to be received or routed or open.',
        possible: ['categorise', 'prioritise', 'recordFollowUp', 'confirm', 'reject', 'withdraw'],
      });
  });
});

describe('Opening', () => {
  it('is for an officer of the team, whose name stands in the fact', () => {
    given(...told.routed)
      .when('open', {}, { by: mehmet })
      .then({ type: 'ActivityOpened', data: { team: 'plumbing', officer: 'mehmet' } });
    given(...told.routed)
      .when('open', {}, { by: zeynep })
      .thenRejected('not-your-team');
    given(...told.routed)
      .when('open', {}, { by: ayse })
      .thenRejected('wrong-role');
  });

  it('happens once per routing', () => {
    given(...told.open)
      .when('open', {}, { by: mehmet })
      .thenRejected('illegal-transition', { status: 'open' });
    given(...told.received)
      .when('open', {}, { by: mehmet })
      .thenRejected('illegal-transition', { status: 'received' });
  });
});

describe('Recording an action', () => {
  const action = { kind: 'site-visit', description: 'Boru kontrol edildi' };

  it('is for the team that has it open', () => {
    given(...told.open)
      .when('recordAction', action, { by: mehmet })
      .then({ type: 'ActionRecorded', data: action });
    given(...told.open)
      .when('recordAction', action, { by: zeynep })
      .thenRejected('not-your-team');
    given(...told.routed)
      .when('recordAction', action, { by: mehmet })
      .thenRejected('illegal-transition');
  });

  it('says what was done', () => {
    given(...told.open)
      .when('recordAction', { kind: '', description: ' ' }, { by: mehmet })
      .thenRejected('required', {
        errors: [
          expect.objectContaining({ pointer: '/kind' }),
          expect.objectContaining({ pointer: '/description' }),
        ],
      });
  });
});

describe('Pausing and resuming the clock', () => {
  const paused = [...told.open, pausing] as const;

  it.each(['received', 'routed', 'open'] as const)('is possible while the clock runs: %s', (status) => {
    given(...told[status])
      .when('pause', { reason: 'Müşteri tatilde' }, { by: ayse })
      .then({ type: 'ClockPaused', data: { reason: 'Müşteri tatilde' } });
  });

  it('is not possible when it has stopped, or is paused already', () => {
    given(...told.resolved)
      .when('pause', { reason: 'x' }, { by: ayse })
      .thenRejected('illegal-transition');
    given(...paused)
      .when('pause', { reason: 'x' }, { by: mehmet })
      .thenRejected('already-paused', { kind: 'illegal-transition', status: 'open' });
  });

  it('may say until when, which lies ahead', () => {
    const open = given(...told.open);
    open
      .when(
        'pause',
        { reason: 'x', until: '2024-09-02T12:00:00.001+03:00' },
        { by: mehmet, now: '2024-09-02T09:00:00Z' },
      )
      .then({ type: 'ClockPaused', data: { reason: 'x', until: '2024-09-02T09:00:00.001Z' } });
    open
      .when(
        'pause',
        { reason: 'x', until: '2024-09-02T12:00:00+03:00' },
        { by: mehmet, now: '2024-09-02T09:00:00Z' },
      )
      .thenRejected('until-not-later', { errors: [{ pointer: '/until', detail: expect.any(String) }] });
  });

  it('resumes what is paused, and nothing else', () => {
    given(...paused)
      .when('resume', {}, { by: ayse })
      .then({ type: 'ClockResumed', data: {} });
    given(...told.open)
      .when('resume', {}, { by: ayse })
      .thenRejected('not-paused', { status: 'open' });
    given(...paused)
      .when('resume', {}, { by: zeynep })
      .thenRejected('not-your-team');
  });

  it('outlives a routing, and ends with a result', () => {
    const routedOn = {
      by: mehmet,
      type: 'ComplaintRouted',
      data: { team: 'electric', reason: 'x' },
    } as const;
    expect(stateAfter(...paused, routedOn)).toMatchObject({ status: 'routed', paused: true });
    expect(stateAfter(...paused, told.resolved[3])).toMatchObject({ status: 'resolved', paused: false });
  });
});
