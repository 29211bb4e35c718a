import {
  clock,
  given,
  hour,
  pausing,
  selim,
  stateAfter,
  told,
  webForm,
} from '#libs/testing/complaint-stories.js';

const level = (number: number) => ({
  cycle: 1,
  level: number,
  at: '80%',
  reachedAt: hour(2),
  dueAt: hour(9),
  notify: ['supervisor'],
  policyVersion: 3,
});
const escalated = {
  by: clock,
  type: 'ComplaintEscalated',
  data: { ...level(1), lateBySeconds: 0 },
} as const;

describe('Escalating', () => {
  it.each(['received', 'routed', 'open'] as const)(
    'is done by the system while the clock runs: %s',
    (status) => {
      given(...told[status])
        .when('escalate', level(1), { by: clock, now: '2024-09-02T09:00:04.999Z' })
        .then({ type: 'ComplaintEscalated', data: { ...level(1), lateBySeconds: 3604 } });
    },
  );

  it('is not for people, nor for the importer', () => {
    given(...told.open)
      .when('escalate', level(1), { by: selim })
      .thenRejected('wrong-role');
    given(...told.open)
      .when('escalate', level(1), { by: webForm, importing: true })
      .thenRejected('wrong-role');
  });

  it('happens once per level and cycle, upwards', () => {
    given(...told.open, escalated)
      .when('escalate', level(1), { by: clock })
      .thenRejected('level-already-reached');
    expect(given(...told.open, escalated).when('escalate', level(2), { by: clock }).decision.ok).toBe(true);
    expect(stateAfter(...told.open, escalated)).toMatchObject({ status: 'open', escalationLevel: 1 });
  });

  it('may skip levels that downtime slept through', () => {
    expect(given(...told.open).when('escalate', level(3), { by: clock }).decision.ok).toBe(true);
  });

  it('never happens on a paused clock', () => {
    given(...told.open, pausing)
      .when('escalate', level(1), { by: clock })
      .thenRejected('clock-paused', { kind: 'illegal-transition' });
  });

  it('comes too late after a result, and after its cycle', () => {
    given(...told.resolved)
      .when('escalate', level(1), { by: clock })
      .thenRejected('illegal-transition');
    given(...told.open)
      .when('escalate', { ...level(1), cycle: 2 }, { by: clock })
      .thenRejected('cycle-over');
  });

  it('never comes before its moment', () => {
    expect(given(...told.received).when('escalate', level(1), { by: clock, now: hour(2) }).decision.ok).toBe(
      true,
    );
    given(...told.received)
      .when('escalate', level(1), { by: clock, now: '2024-09-02T07:59:59.999Z' })
      .thenRejected('not-reached-yet');
  });
});
