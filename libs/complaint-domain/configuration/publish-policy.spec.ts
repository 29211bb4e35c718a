import type { Actor, CalendarData, SlaPolicyData } from '#libs/event-contracts/index.js';
import { type PolicyDefinition, publishPolicy } from './publish-policy.js';
import { defineCalendar } from './define-calendar.js';

const admin = { actor: { sub: 'deniz', name: 'Deniz', role: 'admin' } as Actor, now: '2024-09-02T06:00:00Z' };

const definition: PolicyDefinition = {
  calendar: 'default',
  registration: { phone: 'PT15M' },
  resolution: [{ callTree: 'water', target: 'PT16H' }],
  escalation: [{ level: 1, at: '80%', notify: ['team'] }],
  reopenWindow: 'P30D',
  surveyAttempts: 3,
};
const first: SlaPolicyData = { ...definition, version: 1, effectiveFrom: '2024-01-01T00:00:00.000Z' };

describe('Publishing a policy', () => {
  it('begins with version 1, in force from now on', () => {
    expect(publishPolicy(definition, admin, {})).toEqual({
      ok: true,
      occurredAt: '2024-09-02T06:00:00.000Z',
      events: [
        {
          type: 'SlaPolicyPublished',
          data: { ...definition, version: 1, effectiveFrom: '2024-09-02T06:00:00.000Z' },
        },
      ],
    });
  });

  it('counts on from the newest version', () => {
    expect(
      publishPolicy({ ...definition, surveyAttempts: 5 }, admin, { newest: { ...first, version: 4 } }),
    ).toMatchObject({
      events: [{ data: { version: 5, surveyAttempts: 5 } }],
    });
  });

  it('publishes nothing that is in the newest version already', () => {
    expect(publishPolicy(definition, admin, { newest: first })).toMatchObject({ ok: true, events: [] });
    const same = { ...definition, effectiveFrom: '2024-01-01T03:00:00+03:00' };
    expect(publishPolicy(same, admin, { newest: first })).toMatchObject({ ok: true, events: [] });
  });

  it('publishes the same content again when it is to hold from another moment', () => {
    const later = { ...definition, effectiveFrom: '2025-01-01T00:00:00Z' };
    expect(publishPolicy(later, admin, { newest: first })).toMatchObject({
      events: [{ data: { version: 2, effectiveFrom: '2025-01-01T00:00:00.000Z' } }],
    });
  });

  it('refuses a moment that is none, and passes on what the service-time rules found', () => {
    expect(publishPolicy({ ...definition, effectiveFrom: 'soon' }, admin, {})).toMatchObject({
      rejection: { code: 'invalid-instant', errors: [{ pointer: '/effectiveFrom' }] },
    });
    const problems = [{ pointer: '/resolution/0/target', detail: 'Give a duration.' }];
    expect(publishPolicy(definition, admin, { problems })).toMatchObject({
      rejection: { kind: 'invalid', code: 'malformed-definition', errors: problems },
    });
  });
});

describe('Defining a calendar', () => {
  const calendar: CalendarData = {
    code: 'default',
    names: { tr: 'Ofis', en: 'Office' },
    timeZone: 'Europe/Istanbul',
    hours: { monday: [['09:00', '18:00']] },
  };

  it('states the whole calendar, and nothing when nothing changes', () => {
    expect(defineCalendar(calendar, admin, {})).toMatchObject({
      events: [{ type: 'CalendarDefined', data: calendar }],
    });
    expect(defineCalendar(calendar, admin, { current: { ...calendar } })).toMatchObject({
      ok: true,
      events: [],
    });
    const longer = { ...calendar, hours: { monday: [['09:00', '18:30']] } } as const;
    expect(defineCalendar(longer, admin, { current: calendar })).toMatchObject({
      events: [{ data: longer }],
    });
  });

  it('passes on what the service-time rules found', () => {
    const problems = [{ pointer: '/hours', detail: 'The calendar never opens.' }];
    expect(defineCalendar(calendar, admin, { problems })).toMatchObject({
      rejection: { code: 'malformed-definition', errors: problems },
    });
  });
});
