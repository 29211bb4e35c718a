import { validateMetadata, validateStored } from './validate-stored.js';
import type { EventMetadata } from '../envelope/metadata.js';
import { eventCodec } from '../event-codec.js';

const metadata: EventMetadata = {
  schemaVersion: 1,
  occurredAt: '2024-09-02T06:00:00.000Z',
  actor: { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' },
  commandId: 'c-1',
  $correlationId: 'c-1',
  $causationId: 'c-1',
  requestHash: 'r-1',
  hash: 'a'.repeat(64),
  previousHash: null,
};

describe('Checking stored data', () => {
  it('names places and rules, never what stands there', () => {
    const problems = validateStored('ComplaintResolved', 1, {
      outcome: 'Ayşe Yılmaz',
      explanation: 'Ayşe Yılmaz',
      onTheSpot: 'Ayşe Yılmaz',
    });
    expect(problems).toEqual([
      '/outcome must be equal to one of the allowed values',
      '/explanation is not in the form that the schema asks for',
      '/onTheSpot must be boolean',
    ]);
  });

  it('knows the calendar in its forms: 24:00 ends a day and never begins one', () => {
    const calendar = (from: string, to: string) =>
      validateStored('CalendarDefined', 1, {
        code: 'default',
        names: { tr: 'Ofis', en: 'Office' },
        timeZone: 'Europe/Istanbul',
        hours: { monday: [[from, to]] },
      });
    expect(calendar('00:00', '24:00')).toEqual([]);
    expect(calendar('24:00', '06:00')).toHaveLength(1);
    expect(calendar('09:00', '24:01')).toHaveLength(1);
  });

  it.each(['PT15M', 'PT4H30M', 'P30D', 'P1DT12H', 'P2W', 'PT0.5H'])(
    'takes a duration like %s',
    (reopenWindow) => {
      expect(validateStored('SlaPolicyPublished', 1, policy(reopenWindow))).toEqual([]);
    },
  );

  it.each(['', 'P', '15m', 'PT', '-PT1H', 'P1DT'])('refuses a duration like %j', (reopenWindow) => {
    expect(validateStored('SlaPolicyPublished', 1, policy(reopenWindow))).toHaveLength(1);
  });

  it('of an unknown type finds nothing for a reader, who skips it', () => {
    expect(eventCodec.newestVersion('ComplaintPraised')).toBeUndefined();
    expect(eventCodec.problems('ComplaintPraised', 1, {})).toEqual([]);
    expect(eventCodec.problems('ClockResumed', 1, {})).toEqual([]);
    expect(eventCodec.problems('ClockResumed', 1, null)).toEqual(['the event must be object']);
  });
});

describe('Checking metadata', () => {
  it('takes the first event of a stream, and a later one', () => {
    expect(validateMetadata(metadata)).toEqual([]);
    expect(validateMetadata({ ...metadata, previousHash: 'b'.repeat(64) })).toEqual([]);
  });

  it.each([
    ['another form of the moment', { occurredAt: '2024-09-02T09:00:00+03:00' }],
    ['a hash that is none', { hash: 'abc' }],
    ['a predecessor that is none', { previousHash: '' }],
    ['a role that does not exist', { actor: { ...metadata.actor, role: 'king' } }],
    ['version 0', { schemaVersion: 0 }],
  ])('refuses %s', (_, change) => {
    expect(validateMetadata({ ...metadata, ...change })).toHaveLength(1);
  });
});

function policy(reopenWindow: string): object {
  return {
    version: 1,
    effectiveFrom: '2024-01-01T00:00:00.000Z',
    calendar: 'default',
    registration: {},
    resolution: [],
    escalation: [],
    reopenWindow,
    surveyAttempts: 3,
  };
}
