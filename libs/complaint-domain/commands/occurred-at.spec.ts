import { ayse, given, hour, told } from '#libs/testing/complaint-stories.js';

const note = { note: 'Arandı' };

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

  it('has an offset', () => {
    when('2024-09-02T10:00:00', hour(50)).thenRejected('invalid-instant', {
      errors: [{ pointer: '/occurredAt', detail: expect.any(String) }],
    });
  });
});
