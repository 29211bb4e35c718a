import { ayse, clock, given, hour, stateAfter, told } from '#libs/testing/complaint-stories.js';

const note = { note: 'Arandı' };

const LEVEL = {
  cycle: 1,
  level: 1,
  at: '80%',
  reachedAt: hour(2),
  dueAt: hour(9),
  notify: ['supervisor'],
  policyVersion: 3,
  lateBySeconds: 0,
};

/** The last fact of `told.routed` happened at hour 1. */
describe('The moment of a fact', () => {
  const when = (occurredAt: string | undefined, now: string) =>
    given(...told.routed).when('recordFollowUp', note, {
      by: ayse,
      now,
      ...(occurredAt ? { occurredAt } : {}),
    });

  it('is now by default', () => {
    expect(when(undefined, hour(5)).decision).toMatchObject({ ok: true, occurredAt: hour(5) });
  });

  it("is the previous fact's by default, should our clock lag behind", () => {
    expect(when(undefined, hour(0)).decision).toMatchObject({ ok: true, occurredAt: hour(1) });
  });

  it('may be entered late', () => {
    expect(when(hour(2), hour(50)).decision).toMatchObject({ ok: true, occurredAt: hour(2) });
  });

  it('may be this very moment, and not a millisecond later', () => {
    const now = '2024-09-03T00:00:00.000Z';
    expect(when('2024-09-03T03:00:00+03:00', now).decision).toMatchObject({ ok: true, occurredAt: now });
    when('2024-09-03T03:00:00.001+03:00', now).thenRejected('occurred-in-future', {
      errors: [{ pointer: '/occurredAt', detail: expect.any(String) }],
    });
  });

  it("may be the previous fact's, and not a millisecond earlier", () => {
    expect(when(hour(1), hour(5)).decision).toMatchObject({ ok: true, occurredAt: hour(1) });
    when('2024-09-02T06:59:59.999Z', hour(5)).thenRejected('occurred-before-previous-fact', {
      kind: 'invalid',
    });
  });

  it('may lie before an escalation that the system found meanwhile: that is nothing people told', () => {
    const escalated = { by: clock, type: 'ComplaintEscalated', data: LEVEL } as const;
    const entered = (occurredAt: string) =>
      given(...told.routed, escalated).when('recordFollowUp', note, { by: ayse, now: hour(50), occurredAt });
    // Facts are told an hour apart: routed at hour 1, escalated at hour 2.
    expect(entered(hour(1)).decision).toMatchObject({ ok: true, occurredAt: hour(1) });
    entered('2024-09-02T06:59:59.999Z').thenRejected('occurred-before-previous-fact');
    expect(stateAfter(...told.routed, escalated)).toMatchObject({ lastToldAt: hour(1), escalationLevel: 1 });
  });

  it('has an offset', () => {
    when('2024-09-02T10:00:00', hour(50)).thenRejected('invalid-instant', {
      errors: [{ pointer: '/occurredAt', detail: expect.any(String) }],
    });
  });
});
